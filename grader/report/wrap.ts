/**
 * Breaks text into lines.
 *
 * @param width columns
 * @param before stands before the first line, and before each further one
 */
export function wrap(
  text: string,
  width: number,
  { first, rest = first }: { readonly first: string; readonly rest?: string },
): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && rest.length + longer.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((each, index) => `${index === 0 ? first : rest}${each}`).join('\n');
}
