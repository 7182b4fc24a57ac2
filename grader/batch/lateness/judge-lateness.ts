import type { Lateness } from '../../model/gradebook.ts';
import { foldId } from '../roster/check-id.ts';
import { SECONDS_A_DAY, type Cost, type LatePolicy } from './policy.ts';

/** One student's work, as far as lateness goes. */
export interface TimedWork {
  /** The student's id. */
  readonly student: string;
  /** ISO 8601. */
  readonly submittedAt: string;
  /** The points that it earned. */
  readonly earned: number;
}

/** What lateness takes off, and why; without `lateness` where nothing is due. */
export interface LatenessVerdict {
  /** In points, from 0 to what was earned. */
  readonly penalty: number;
  readonly lateness?: Lateness;
}

/**
 * Judges how late a work is. A day is 24 hours, whatever the clocks of the place do meanwhile. The
 * grace moves the moment at which each day begins: work that is within it is in time.
 */
export function judgeLateness(policy: LatePolicy, work: TimedWork): LatenessVerdict {
  const { student, submittedAt, earned } = work;
  const allowance = policy.students.get(foldId(student));
  const due = policy.deadline && extendDeadline(policy.deadline, { policy, student });
  if (!due) return { penalty: 0 };
  const submitted = new Date(submittedAt);
  const behind = (submitted.getTime() - due.getTime()) / 1000;
  const beyondGrace = behind - policy.graceSeconds;
  const days = Math.max(0, Math.ceil(beyondGrace / SECONDS_A_DAY));
  const slipDaysUsed = Math.min(days, allowance?.slipDays ?? policy.slipDays);
  const penaltyDays = days - slipDaysUsed;
  return {
    penalty: penaltyFor(policy, earned, penaltyDays),
    lateness: {
      submittedAt: submitted.toISOString(),
      dueAt: due.toISOString(),
      lateSeconds: days > 0 ? behind : 0,
      penaltyDays,
      slipDaysUsed,
    },
  };
}

/** A moment that holds for all, put off for one student as the policy says. */
export function extendDeadline(
  deadline: Date,
  { policy, student }: { readonly policy: LatePolicy; readonly student: string },
): Date {
  const extension = policy.students.get(foldId(student))?.extension;
  if (!extension) return deadline;
  switch (extension.kind) {
    case 'until':
      // A deadline that was put off for all since then is not taken back from one.
      return extension.at > deadline ? extension.at : deadline;
    case 'by':
      return new Date(deadline.getTime() + extension.seconds * 1000);
  }
}

function penaltyFor({ perDay, cap }: LatePolicy, earned: number, days: number): number {
  if (!perDay || days === 0) return 0;
  const left = Math.max(leftAfter(perDay, earned, days), cap ? leftAfter(cap, earned, 1) : 0, 0);
  // Half a point is rounded up, as everywhere: what is left is, not what is taken.
  return earned - Math.min(earned, Math.round(left));
}

/** The points that are left. In one division of whole numbers, so that a half is exactly a half. */
function leftAfter(cost: Cost, earned: number, times: number): number {
  switch (cost.unit) {
    case 'points':
      return earned - cost.points * times;
    case 'percent':
      return (earned * (100_000 - Math.round(cost.percent * 1000) * times)) / 100_000;
  }
}
