/** Writes bytes out as Python does where they are turned into text by `str` or a format. */
export function writeAsPython(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"]|[^ -~]/g, (character) => {
    if (character === '\\') return '\\\\';
    if (character === '"' || character === "'")
      return character === quote ? `\\${quote}` : character;
    const named = NAMED.get(character);
    return named ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `b${quote}${escaped}${quote}`;
}

const NAMED = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);
