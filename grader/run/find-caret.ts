/**
 * Finds what an interpreter marked below a line of code that it printed.
 *
 * @param text from the place's name on: the rest of that line, the code, the carets
 * @param line the whole line of source; empty where it is not known, and the code is taken for it
 * @returns the column of the first caret in the source, from 1
 */
export function findCaret(text: string, line: string): { column: number } | undefined {
  const [, code = '', carets = ''] = text.split('\n', 3);
  if (!/^[\s~]*\^+[\s~]*$/.test(carets)) return undefined;
  // Python moves the code to the left, or to the right.
  const [trimmed, indent] = [code.trim(), code.search(/\S/)];
  const at = line.indexOf(trimmed);
  const moved = at === -1 ? 0 : at - indent;
  return { column: Math.max(0, carets.indexOf('^') + moved) + 1 };
}
