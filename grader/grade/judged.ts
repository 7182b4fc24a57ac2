import type { Check } from '../lab/check.ts';
import { tellStack, type CheckFailure } from '../model/errors.ts';
import type { Outcome } from '../model/result.ts';
import type { Recorder } from '../wire/recorder.ts';
import { adviseOn } from './advise.ts';
import { reproduce } from './reproduce.ts';

/** What came of asking a check. */
export interface Judged {
  readonly outcome: Outcome;
  /** The share of the points that is earned. */
  readonly share: number;
}

/** The outcome of a check whose answer is wrong. @param recorder of the attempt */
export function failed(check: Check, failure: CheckFailure, recorder: Recorder): Judged {
  const { diagnosis, share, request = recorder.lastSent() } = failure;
  const command = reproduce(request, request && recorder.sentAs(request));
  return {
    share,
    outcome: {
      status: 'failed',
      diagnosis,
      ...adviseOn(check, diagnosis),
      transcript: recorder.transcript(),
      ...(command !== undefined && { reproduce: command }),
    },
  };
}

/** The outcome of a fault that is not the student's; it keeps its stack. */
export function broken(error: unknown): Judged {
  const text = tellStack(error);
  const cause =
    error instanceof Error && error.cause instanceof Error ? error.cause.stack : undefined;
  const whole = cause === undefined ? text : `${text}\ncaused by ${cause}`;
  return { share: 0, outcome: { status: 'broken', error: whole } };
}
