import { UsageError } from '../../model/errors.ts';

/** Something wrong in a file, in words that follow "line 7: ". */
export interface Fault {
  /** 0 where it belongs to no line. */
  readonly line: number;
  readonly text: string;
}

const MOST_SHOWN = 20;

/**
 * Puts all that is wrong in a file into one error, so that one look at the file mends it.
 *
 * @param source the file, as the user named it
 */
export function faultsError(source: string, faults: readonly Fault[]): UsageError {
  const lines = faults
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, text }) => (line > 0 ? `line ${String(line)}: ${text}` : text));
  const [only = ''] = lines;
  if (lines.length === 1) return new UsageError(`${source}, ${only}`);
  const more = lines.length - MOST_SHOWN;
  const shown = lines.slice(0, MOST_SHOWN).map((line) => `\n  ${line}`);
  const rest = more > 0 ? `\n  and ${String(more)} more.` : '';
  return new UsageError(
    `${source} has ${String(lines.length)} faults; mend them and start again:${shown.join('')}${rest}`,
  );
}

/** Shows what a file holds within a sentence: quoted, short, without control characters. */
export function quote(text: string): string {
  const short = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
