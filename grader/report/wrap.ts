/**
 * Breaks text into lines. A word that is longer than a line is broken as well.
 *
 * @param width columns
 * @param margins what stands before the first line, and before each further one
 */
export function wrap(
  text: string,
  width: number,
  { first, rest = first }: { readonly first: string; readonly rest?: string },
): string {
  const room = Math.max(1, width - Math.max(first.length, rest.length));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((each) => cutWord(each, room))) {
    const longer = line === '' ? word : `${line} ${word}`;
    const before = lines.length === 0 ? first : rest;
    if (line !== '' && before.length + longer.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((each, index) => `${index === 0 ? first : rest}${each}`).join('\n');
}

/** Sets lines in by two columns. */
export function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`.trimEnd()).join('\n');
}

/** Pieces that fit into a line; the halves of a pair stay together. */
function cutWord(word: string, room: number): readonly string[] {
  if (word.length <= room) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && piece.length + character.length > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
