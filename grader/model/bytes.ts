/** A run of bytes as the result record keeps it: exact in base64, readable beside it. */
export interface RecordedBytes {
  /** How many bytes there were, all told. */
  readonly size: number;
  /** The offset, in bytes, of the first byte that is kept here. */
  readonly start: number;
  readonly base64: string;
  readonly printable: string;
}

/** How many bytes of a run a record keeps. */
export const KEPT = 2048;

/**
 * Records bytes for the result, at most 2,048 of them.
 *
 * @param around the offset, in bytes, that must be among those kept; the kept run begins up to a
 *   quarter of its length before it
 */
export function recordBytes(bytes: Uint8Array, around = 0): RecordedBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const latest = Math.max(0, buffer.byteLength - KEPT);
  const start = Math.min(latest, Math.max(0, around - KEPT / 4));
  const kept = buffer.subarray(start, start + KEPT);
  return {
    size: buffer.byteLength,
    start,
    base64: kept.toString('base64'),
    printable: printBytes(kept),
  };
}

/** Gives back the kept bytes of a record. */
export function readBytes(recorded: RecordedBytes): Buffer {
  return Buffer.from(recorded.base64, 'base64');
}

/** Shows bytes in ASCII: printable ones as they are, all others as the escapes of a C string. */
export function printBytes(bytes: Uint8Array): string {
  return Array.from(bytes, printByte).join('');
}

/** Shows one byte in ASCII, as `printBytes` does. */
export function printByte(byte: number): string {
  const named = NAMED.get(byte);
  if (named !== undefined) return named;
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

const NAMED = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
]);

/**
 * Shows text that a student's program made, safely: control and bidirectional characters become
 * escapes, so that they can neither move a cursor nor reorder a line. Line ends stay.
 */
export function printText(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === '\r\n' ? '\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const UNSAFE =
  /\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
