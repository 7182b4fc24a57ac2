import { showText } from './show-text.ts';

/**
 * A command of a result, to be pasted into a shell: whole, in one line, or not at all.
 *
 * @param most characters; nobody pastes more of them
 * @returns nothing where there is none, or it is longer
 */
export function showCommand(command: string | undefined, most: number): readonly string[] {
  if (command === undefined) return [];
  const shown = showText(command).replace(/\s/g, ' ');
  return shown.length > most ? [] : [shown];
}
