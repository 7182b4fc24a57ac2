import type { Diagnosis } from './diagnosis.ts';

/** Bad input. The message is one sentence that names the input and the fix; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Work of which nothing can be graded as it is, which its author can mend: what costs the points. */
export class UngradableWork extends UsageError {}

/** A file went away while it was looked at, as those do that an editor writes beside another. */
export class FileGone extends UsageError {
  readonly code = 'ENOENT';

  constructor(path: string, options?: ErrorOptions) {
    super(`${path} went away while it was looked at; try again when it is saved.`, options);
  }
}

/** A check's verdict that the student's server is wrong. Anything else thrown is our bug. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  readonly diagnosis: Diagnosis;
  /** The share of the check's points that are earned all the same, from 0 to 1. */
  readonly share: number;
  /** The request whose answer is wrong. */
  readonly request: Buffer | undefined;

  constructor(
    diagnosis: Diagnosis,
    { share = 0, request }: { readonly share?: number; readonly request?: Buffer | undefined } = {},
  ) {
    super(diagnosis.summary);
    this.diagnosis = diagnosis;
    this.share = share;
    this.request = request;
  }
}

/** A fault of the grader or of the machine. It is never the student's and costs no points. */
export class MachineFault extends Error {
  override readonly name = 'MachineFault';
}

/** The system's short name of an error, such as `ENOENT`; an empty string where it has none. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Whether an error says that a file, or a folder on the way to it, is not there. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error));
}

/** Tells of an error for those who mend the grader: with its stack, where it has one. */
export function tellStack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
