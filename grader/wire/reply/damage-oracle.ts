// What the fuzzer asks of a reply, told by the grammar of RFC 9112 as regular expressions over a whole
// reply. It shares nothing with the parser, so that both are wrong alike only by chance.

/** A right reply, as far as it matters; `short` where only bytes of its body are missing. */
export type Reading =
  { readonly status: number; readonly body: string; readonly end: number } | 'short';

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const STRING = '"(?:[^\\x00-\\x08\\n-\\x1f"\\\\\\x7f]|\\\\[^\\x00-\\x08\\n-\\x1f\\x7f])*"';
const STATUS_LINE = /HTTP\/1\.([01]) ([1-5]\d\d) [^\x00-\x08\n-\x1f\x7f]*\r\n/y;
const FIELD = new RegExp(`(${TOKEN}):[ \\t]*([^\\x00-\\x08\\n-\\x1f\\x7f]*?)[ \\t]*\\r\\n`, 'y');
const BLANK = /\r\n/y;
const CODING = `${TOKEN}([ \\t]*;[ \\t]*${TOKEN}=(${TOKEN}|${STRING}))*`;
const CODINGS = new RegExp(`^(${CODING}([ \\t]*,[ \\t]*${CODING})*)?$`);
const CHUNK_SIZE = new RegExp(
  `([0-9A-Fa-f]+)(?:;${TOKEN}(?:=(?:${TOKEN}|${STRING}))?)*\\r\\n`,
  'y',
);
const NO_TRAILER = /^(content-(length|type|encoding|range)|transfer-encoding|trailer)$/i;

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** What a reader makes of a right reply; undefined where it is wrong, or stops within its head. */
export function readWhole(text: string, from = 0): Reading | undefined {
  const line = take(STATUS_LINE, text, from);
  if (!line) return undefined;
  const status = Number(line[2]);
  const { fields, end } = takeFields(text, from + line[0].length);
  if (!take(BLANK, text, end)) return undefined;
  const start = end + 2;
  const valuesOf = (name: string): string[] =>
    fields.filter(([field]) => field?.toLowerCase() === name).map(([, value = '']) => value);
  const [lengths, codings] = [valuesOf('content-length'), valuesOf('transfer-encoding')];
  if (!mayStand({ status, version: line[1] ?? '', lengths, codings })) return undefined;
  if (status < 200 && status !== 101) return readWhole(text, start);
  if ([101, 204, 304].includes(status) || status < 200) return { status, body: '', end: start };
  const [length] = lengths;
  const left = text.length - start;
  if (length !== undefined && Number(length) > left) return 'short';
  const stop = length === undefined ? text.length : start + Number(length);
  const plain = { status, body: text.slice(start, stop), end: stop };
  const reading = /(^|[, \t])chunked$/i.test(codings.join())
    ? readChunks(text, start, status)
    : plain;
  const hasContent = reading === 'short' || (reading !== undefined && reading.body !== '');
  return status === 205 && hasContent ? undefined : reading;
}

function takeFields(text: string, from: number): { fields: string[][]; end: number } {
  const fields: string[][] = [];
  let end = from;
  for (let field = take(FIELD, text, end); field; field = take(FIELD, text, end)) {
    fields.push(field.slice(1));
    end += field[0].length;
  }
  return { fields, end };
}

/** RFC 9112, 6.1 and 6.2; RFC 9110, 8.6 and 15.3.6. */
function mayStand(head: {
  readonly status: number;
  readonly version: string;
  readonly lengths: readonly string[];
  readonly codings: readonly string[];
}): boolean {
  const { status, version, lengths, codings } = head;
  if (lengths.length + codings.length === 0) return true;
  if (lengths.length > 1 || lengths.length * codings.length > 0) return false;
  if (status < 200 || status === 204) return false;
  if (lengths.some((value) => !/^\d+$/.test(value))) return false;
  if (status === 205 && lengths.some((value) => Number(value) > 0)) return false;
  if (codings.length > 0 && version === '0') return false;
  const all = codings.join();
  const chunked = all.match(/(?<=^|[,\s])chunked(?=$|[,;\s])/gi) ?? [];
  return (
    codings.every((value) => CODINGS.test(value)) && chunked.length < 2 && !/chunked\s*;/i.test(all)
  );
}

function readChunks(text: string, from: number, status: number): Reading | undefined {
  let [at, body] = [from, ''];
  for (;;) {
    const line = take(CHUNK_SIZE, text, at);
    if (!line) return undefined;
    const size = Number.parseInt(line[1] ?? '', 16);
    at += line[0].length;
    if (size === 0) break;
    if (at + size > text.length) return 'short';
    body += text.slice(at, at + size);
    at += size;
    if (!take(BLANK, text, at)) return undefined;
    at += 2;
  }
  const { fields, end } = takeFields(text, at);
  if (fields.some(([name = '']) => NO_TRAILER.test(name)) || !take(BLANK, text, end))
    return undefined;
  return { status, body, end: end + 2 };
}

const FINAL = 'HTTP/1.1 200 \r\n\r\n';
/** Among these is one that makes a right reply of each beginning that has one, but for its body. */
const ENDINGS = [
  ...['', '\r\n', '\n', '\r\n\r\n', '\n\r\n', ':\r\n\r\n', 'x:\r\n\r\n', '0\r\n\r\n'],
  ...['x', '=x', 'x=x', '"', 'x"'].flatMap((end) => [`${end}\r\n`, `${end}\r\n\r\n`]),
  ...Array.from(FINAL, (_, at) => FINAL.slice(at)),
].flatMap((ending) => [ending, `${ending}${FINAL}`, `${ending}0\r\n\r\n`]);

/** Whether a right reply may begin so. */
function mayBegin(text: string): boolean {
  return ENDINGS.some((ending) => {
    const reading = readWhole(text + ending);
    return reading === 'short' || reading?.end === text.length + ending.length;
  });
}

/** Offset of the first byte that no right reply has there; the length where there is none. */
export function firstImpossible(text: string): number {
  let [low, high] = [0, text.length + 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (mayBegin(text.slice(0, middle))) low = middle;
    else high = middle;
  }
  return low;
}
