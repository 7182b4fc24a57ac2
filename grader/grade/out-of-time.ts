import type { Check } from '../lab/check.ts';
import type { Diagnosis, DiagnosisCode } from '../model/diagnosis.ts';
import type { CheckResult } from '../model/result.ts';
import type { Recorder } from '../wire/recorder.ts';

/** The recorders of the checks that passed at the first attempt. */
export type FirstAttempts = Map<Check, Recorder>;

/** What a grading has shown, as far as time goes. */
export interface Patience {
  /** Whether time ran out for a check that was asked alone, too: so it does happen in this work. */
  hangs: boolean;
}

/**
 * Failures of what had not come, ended or happened when time was up. All others are of bytes that
 * did come, and stay wrong whatever comes behind them; there a deadline that passed changes nothing.
 */
const OF_TIME: ReadonlySet<DiagnosisCode> = new Set([
  'refused',
  'silent',
  'never-ends',
  'truncated',
  'body-of-another-file',
  'client-gave-up',
  'not-html',
  'not-listed',
  'no-time',
  'stale-time',
  'wrong-time',
  'not-logged',
  'never-returned',
]);

/**
 * What a server does to a client that pauses longer than it likes. Where a request went out in pieces,
 * a busy machine makes the pauses longer.
 */
const OF_PAUSES: ReadonlySet<DiagnosisCode> = new Set([
  'closed-empty',
  'closed-in-head',
  'connection-reset',
  'wrong-status',
]);

/**
 * Whether a failure may be due to a deadline alone, and so to a machine that was busy.
 *
 * @param recorders of the check itself, and of those whose answers it was given
 */
export function isOfTime({ code }: Diagnosis, recorders: readonly Recorder[]): boolean {
  if (code === 'never-listened') return true;
  if (OF_PAUSES.has(code) && recorders.some(({ sentInPieces }) => sentInPieces)) return true;
  return OF_TIME.has(code) && recorders.some(({ sawDeadline }) => sawDeadline);
}

/**
 * The checks before one whose answers it was given: the first for which time ran out, and those that
 * built on it, in the order in which they were asked.
 */
export function listHurried(check: Check, attempts: FirstAttempts): readonly Check[] {
  const before: Check[] = [];
  for (let each = check.after; each; each = each.after) before.unshift(each);
  const first = before.findIndex((each) => attempts.get(each)?.sawDeadline);
  return first === -1 ? [] : before.slice(first);
}

/** Says of a result that time ran out at first, and that this came of asking once more, alone. */
export function markAskedAgain(
  result: CheckResult,
  askedAgain: NonNullable<CheckResult['askedAgain']>,
  remark: string,
): CheckResult {
  const { outcome } = result;
  const marked = { ...result, askedAgain };
  if (outcome.status !== 'passed') return marked;
  return { ...marked, outcome: { ...outcome, remarks: [...(outcome.remarks ?? []), remark] } };
}
