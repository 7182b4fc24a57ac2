import type { RecordedBytes } from './bytes.ts';

/** Limits of the cell that a program runs in. Where it runs in none, none of these is passed. */
export const LIMIT_CODES = [
  'too-much-output',
  'out-of-memory',
  'out-of-processes',
  'out-of-time',
] as const;

export type LimitCode = (typeof LIMIT_CODES)[number];

/** What is wrong with the head of a reply, by the bytes that came. */
export const HEAD_CODES = [
  'lf-only',
  'cr-only',
  'no-status-line',
  'bad-status-line',
  'wrong-status',
  'bad-header-line',
  'missing-header',
  'wrong-header',
  'repeated-header',
  'no-blank-line',
] as const;

/** What is wrong with its body, by the bytes that came. */
export const BODY_CODES = [
  'length-too-short',
  'length-too-long',
  'length-in-characters',
  'bad-chunk',
  'body-differs',
  'utf8-body',
  'latin1-body',
  'newline-translated',
  'truncated',
  'head-repeated',
  'body-of-another-file',
  'trailing-bytes',
] as const;

/** Every cause the grader can name. Ids are stable: hints, goldens and other tools use them. */
export const DIAGNOSIS_CODES = [
  // The program
  'syntax-error',
  'exited-early',
  'never-listened',
  'wrong-port',
  'crashed',
  // The connection
  'refused',
  'silent',
  'never-ends',
  'closed-empty',
  'closed-in-head',
  'closed-in-body',
  'connection-reset',
  ...HEAD_CODES,
  ...BODY_CODES,
  'client-gave-up',
  // What a page says
  'not-html',
  'not-listed',
  'listed-too-much',
  'broken-link',
  'no-time',
  'stale-time',
  'wrong-time',
  'no-own-file',
  'escaped-web-root',
  'not-logged',
  // The program's functions
  'no-such-function',
  'threw',
  'did-not-throw',
  'never-returned',
  'wrong-return',
  // The cell
  ...LIMIT_CODES,
] as const;

export type DiagnosisCode = (typeof DIAGNOSIS_CODES)[number];

/** Bytes that prove a diagnosis, with the words that say what they are. */
export interface Evidence {
  /** For example `the answer to GET /`. */
  readonly label: string;
  readonly bytes: RecordedBytes;
  /** Of expected bytes, where the first stands that is not the one that came. */
  readonly offset?: number;
}

/** A place in the submission's own source. Lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /**
   * What the program did there; it failed there where this is left out. `set`: what it sent, or the port
   * that it opened, is written there and nowhere else.
   */
  readonly act?: 'sent' | 'listened' | 'set';
  readonly quote?: SourceQuote;
}

/** A line of source, as it was when the program was started. */
export interface SourceQuote {
  /** Safe to show. Of a long line, the part around what is meant. */
  readonly text: string;
  /** How many characters of the text stand before what is meant. */
  readonly from: number;
  /** How many characters are meant. */
  readonly length: number;
  /** What is to be said of them, in a few words. */
  readonly caption?: string;
}

/** Why a check failed, in facts: every report is made from these and from nothing else. */
export interface Diagnosis {
  readonly code: DiagnosisCode;
  /** True where the cause is shown by the bytes; false where it is only likely. */
  readonly proven: boolean;
  /** What happened, in a plain sentence or two. */
  readonly summary: string;
  readonly expected?: Evidence;
  readonly received?: Evidence;
  /** The first wrong byte, as an offset into the received bytes. */
  readonly offset?: number;
  /** How many bytes from `offset` on are wrong, where that is known. */
  readonly length?: number;
  /** What stands at the offset and what was expected there, in a few words. */
  readonly caption?: string;
  /** What the program printed meanwhile, safe to show. */
  readonly output?: string;
  readonly source?: SourceLocation;
  /** A fact that softens or completes the summary, for example which points are kept. */
  readonly note?: string;
}
