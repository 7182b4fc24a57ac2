/**
 * A command that asks the same of a server that listens on `$PORT`, to paste into a shell. A plain GET
 * is left to curl, which sends headers of its own; all else goes out byte for byte.
 *
 * @param sent what was sent last; undefined where nothing was
 * @param pieces in which it went out
 */
export function reproduce(
  sent: Buffer | undefined,
  pieces: readonly Buffer[] = [],
): string | undefined {
  if (sent === undefined || sent.byteLength > LONGEST) return undefined;
  if (pieces.length > 1) {
    const parts = pieces.map((piece) => `printf '${escapeForPrintf(piece)}'`);
    return `(${parts.join('; sleep 0.1; ')}) | nc localhost $PORT`;
  }
  const text = sent.toString('latin1');
  const [, path] = /^GET (\/[\w./?=&%~-]*) HTTP\/1\.1\r\n[\s\S]*\r\n\r\n$/.exec(text) ?? [];
  if (path !== undefined) return `curl -i --path-as-is "http://localhost:$PORT${path}"`;
  return `printf '${escapeForPrintf(sent)}' | nc localhost $PORT`;
}

const LONGEST = 4096;

function escapeForPrintf(bytes: Buffer): string {
  return Array.from(bytes, (byte) => {
    const named = NAMED.get(byte);
    if (named !== undefined) return named;
    if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
    return `\\${byte.toString(8).padStart(3, '0')}`;
  }).join('');
}

const NAMED = new Map([
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x25, '%%'],
  [0x27, "'\\''"],
  [0x5c, '\\\\'],
]);
