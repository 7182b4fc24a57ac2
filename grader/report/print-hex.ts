/** A byte as two hexadecimal digits. */
export function printHex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** A byte as ASCII beside a dump: what has no shape is a dot, so that each takes one column. */
export function printAscii(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
