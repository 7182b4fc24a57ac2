import type { DiagnosisCode } from '../../model/diagnosis.ts';
import type { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import type { PlantedFile } from '../context.ts';
import { expectAnswered } from './answer.ts';
import { failure } from './failure.ts';
import { findMistake } from './known-mistakes.ts';

/** A file that a body should be, and others that it might have been taken from by mistake. */
export interface ExpectedFile {
  /** How a report names it, for example `tiny_html.html`. */
  readonly name: string;
  readonly bytes: Buffer;
  readonly others?: () => readonly { readonly name: string; readonly bytes: Buffer }[];
  /** True: it is what was sent, whose end a server cannot tell, and the connection stays open. */
  readonly echoed?: boolean;
  /** A fact that a report of it adds, for example where the file comes from. */
  readonly note?: string;
}

/** Expects all bytes that came back to be these, without a head. */
export function expectBytes(exchange: Exchange, file: ExpectedFile): void {
  expectAnswered(exchange);
  expectBody(exchange.received, file, exchange);
}

/** Expects a body to be a file, byte for byte. */
export function expectBody(body: Buffer, file: ExpectedFile, exchange: Exchange): void {
  const fault = diagnoseBody(body, file, exchange);
  if (fault) throw fault;
}

/** Expects the body of a reply to be a large file, which the server was asked for as `expected`. */
export function expectLargeFile(
  reply: { readonly body: Buffer; readonly exchange: Exchange },
  file: PlantedFile,
): void {
  const { sameAs } = reply.exchange.reply;
  if (sameAs !== undefined && sameAs === file.pieces) return;
  expectBody(reply.body, { name: file.path, bytes: file.bytes }, reply.exchange);
}

/**
 * Finds how a body differs from the file it should be. A cause is named as a fact only when the
 * known mistake, made with the file, gives exactly the bytes that came.
 *
 * @returns undefined where they are the same
 */
export function diagnoseBody(
  body: Buffer,
  file: ExpectedFile,
  exchange: Exchange,
): CheckFailure | undefined {
  if (body.equals(file.bytes)) return undefined;
  const bare = body === exchange.received;
  const cause =
    findCause(body, file) ?? findStop(body, file, exchange) ?? differs(body, file, bare);
  const start = bare ? 0 : (exchange.reply.bodyStart ?? 0);
  const at = firstDifference(body, file.bytes);
  return failure(cause.code, cause.summary, {
    exchange,
    proven: cause.proven,
    expected: { label: file.name, bytes: file.bytes, offset: at },
    offset: start + at,
    caption: `${String(body.byteLength)} bytes came, ${String(file.bytes.byteLength)} were expected`,
    ...(file.note !== undefined && { note: file.note }),
  });
}

interface Cause {
  readonly code: DiagnosisCode;
  readonly summary: string;
  readonly proven: boolean;
}

function findCause(body: Buffer, file: ExpectedFile): Cause | undefined {
  const { bytes, name, others } = file;
  const proven = (code: DiagnosisCode, summary: string): Cause => ({ code, summary, proven: true });
  const mistake = findMistake(body, bytes, name);
  if (mistake) return { ...mistake, proven: true };
  if (followsAnotherHead(body, bytes)) {
    return proven('head-repeated', 'Your reply has two heads: its body begins with a status line.');
  }
  const other = others?.().find((candidate) => body.equals(candidate.bytes));
  if (other) {
    return proven('body-of-another-file', `The body is ${other.name}, but ${name} was asked for.`);
  }
  return undefined;
}

/**
 * Whether a body is a head and then the file. The file is looked for behind the blank line and at the
 * end, not everywhere: a search for many bytes, in bytes that are much like them, takes too long.
 */
function followsAnotherHead(body: Buffer, bytes: Buffer): boolean {
  if (!/^HTTP\/1\.[01] /.test(body.toString('latin1', 0, 9))) return false;
  const blank = body.indexOf('\r\n\r\n');
  const starts = blank === -1 ? [] : [blank + 4];
  return [...starts, Math.max(0, body.byteLength - bytes.byteLength)].some((start) =>
    body.subarray(start, start + bytes.byteLength).equals(bytes),
  );
}

/** Finds a body that stops before the file's end, or goes on behind it. */
function findStop(
  body: Buffer,
  { bytes, name, echoed }: ExpectedFile,
  { ending }: Exchange,
): Cause | undefined {
  const [came, size] = [body.byteLength, bytes.byteLength];
  if (came === 0) {
    const summary = `The body is empty. ${name} has ${String(size)} bytes.`;
    return { code: 'truncated', summary, proven: true };
  }
  if (came < size && body.equals(bytes.subarray(0, came))) {
    const part = `the first ${String(came)} of the ${String(size)} bytes of ${name}`;
    if (ending === 'deadline' && !echoed) {
      const summary = `Only ${part} had come when time was up, and the connection was still open.`;
      return { code: 'never-ends', summary, proven: true };
    }
    return {
      code: 'truncated',
      summary: `Only ${part} came${tellStop(came, bytes)}`,
      proven: true,
    };
  }
  if (came > size && bytes.equals(body.subarray(0, size)) && size > 0) {
    const summary = `${String(came - size)} bytes came after the end of ${name}.`;
    return { code: 'trailing-bytes', summary, proven: true };
  }
  return undefined;
}

/** What is known of the place at which a body stops, in words. */
function tellStop(came: number, bytes: Buffer): string {
  // JavaScript counts units of UTF-16, Python whole characters.
  const text = bytes.toString();
  if (came === text.length || came === Array.from(text).length) {
    return `. That is the number of its characters, some of which are more than one byte.`;
  }
  if (came === bytes.indexOf(0)) return ', up to its first byte that is zero.';
  return came % 1024 === 0 ? ', a whole number of buffers.' : '.';
}

function differs(body: Buffer, { bytes, name }: ExpectedFile, bare: boolean): Cause {
  const at = firstDifference(body, bytes);
  const what = bare ? 'What came back' : 'The body';
  const summary = `${what} is not ${name}: byte ${String(at)} of it is the first that differs.`;
  return { code: 'body-differs', summary, proven: true };
}

/** Where two runs of bytes begin to differ; the length of the shorter where it begins the other. */
export function firstDifference(body: Buffer, expected: Buffer): number {
  const shorter = Math.min(body.byteLength, expected.byteLength);
  if (body.subarray(0, shorter).equals(expected.subarray(0, shorter))) return shorter;
  // By halves: comparing whole runs is much faster than looking at each byte.
  let [low, high] = [0, shorter];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (body.subarray(low, middle).equals(expected.subarray(low, middle))) low = middle;
    else high = middle;
  }
  return low;
}
