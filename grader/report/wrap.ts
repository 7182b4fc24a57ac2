/**
 * Breaks text into lines.
 *
 * @param width columns
 * @param first stands before the first line
 * @param rest stands before each further line
 */
export function wrap(text: string, width: number, first: string, rest = first): string {
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
