import type { BatchRecord, BatchTitle, Grade, Lateness } from '../../model/gradebook.ts';
import { showLine, showLines } from '../../report/show-text.ts';
import { standingOf } from './standing.ts';
import { plural, wordDuration, wordNumber, wordTime } from './words.ts';

/** How one student's work ended, in plain words. */
export interface StandingView {
  /** The one thing that is read first, such as `83 of 100 points`. */
  readonly score: string;
  readonly lead: readonly string[];
  /** Why there is no grade, as the grader or git said it; empty where there is one. */
  readonly reason: readonly string[];
  /** How the final number comes about; empty where it was not graded. */
  readonly sum: readonly { readonly label: string; readonly value: string }[];
  readonly lateness: readonly string[];
}

const NOTHING_TO_SUM = { sum: [], lateness: [] };

export function tellStanding({ possible }: BatchTitle, record: BatchRecord): StandingView {
  const standing = standingOf(record);
  const outOf = (final: number): string =>
    `${wordNumber(final)} of ${plural(possible.possible, 'point')}`;
  switch (standing.status) {
    case 'graded': {
      const { grade } = standing;
      return {
        score: `${wordNumber(grade.final)} of ${plural(grade.points.possible, 'point')}`,
        lead: praise(grade),
        reason: [],
        sum: sumUp(grade),
        lateness: grade.lateness ? tellLateness(grade.lateness, grade) : [],
      };
    }
    case 'graded before':
      return {
        score: outOf(standing.final),
        lead: [
          'Your work could not be graded this time. This is not your bug, and it costs you nothing.',
          `Your grade of ${wordTime(standing.gradedAt)} stands until it is graded again.`,
        ],
        reason: showLines(standing.reason, 20),
        ...NOTHING_TO_SUM,
      };
    case 'nothing':
      return {
        score: outOf(0),
        lead: [
          'There was nothing to grade, so no program was started.',
          'If you did hand something in, see whether it was pushed in time, to the place named below, and lies in the folder of the lab.',
        ],
        reason: showLines(standing.reason, 20),
        ...NOTHING_TO_SUM,
      };
    case 'refused':
      return {
        score: outOf(0),
        lead: [
          'Your work holds something that may not be taken in, so no program was started.',
          'Take out what is named here, push again, and tell your instructor.',
        ],
        reason: showLines(standing.reason, 20),
        ...NOTHING_TO_SUM,
      };
    case 'broken':
      return {
        score: 'No grade yet',
        lead: [
          'Your work could not be graded. This is not your bug, and it costs you nothing.',
          'Your instructor sees it as well, and will grade it again.',
        ],
        reason: showLines(standing.reason, 20),
        ...NOTHING_TO_SUM,
      };
  }
}

function praise({ points, stages }: Grade): readonly string[] {
  const checks = stages.flatMap((stage) => stage.checks);
  const failed = checks.filter(({ status }) => status === 'failed').length;
  if (failed > 0) {
    return [`${plural(failed, 'check')} failed. What happened, and what to try, is told below.`];
  }
  return points.earned === points.possible
    ? ['Everything that is asked for works. Well done!']
    : [];
}

function sumUp({ points, penalty, final }: Grade): StandingView['sum'] {
  const { earned, possible, bonusEarned, bonusPossible } = points;
  return [
    { label: 'Points', value: `${wordNumber(earned)} of ${wordNumber(possible)}` },
    ...(bonusPossible > 0 || bonusEarned > 0
      ? [{ label: 'Bonus', value: `${wordNumber(bonusEarned)} of ${wordNumber(bonusPossible)}` }]
      : []),
    ...(penalty > 0
      ? [{ label: 'Taken off for being late', value: `\u2212${wordNumber(penalty)}` }]
      : []),
    { label: 'Final', value: wordNumber(final) },
  ];
}

function tellLateness(
  { submittedAt, dueAt, lateSeconds, penaltyDays, slipDaysUsed }: Lateness,
  { penalty }: Grade,
): readonly string[] {
  const times = `It was submitted ${wordTime(submittedAt)}, and was due ${wordTime(dueAt)}`;
  if (lateSeconds <= 0) return [`In time. ${times}.`];
  return [
    `Late by ${wordDuration(lateSeconds)}. ${times}.`,
    ...(slipDaysUsed > 0 ? [`${plural(slipDaysUsed, 'slip day')} went into that.`] : []),
    penalty > 0
      ? `It counts as ${plural(penaltyDays, 'day')} late, which takes off ${plural(penalty, 'point')}.`
      : 'That takes off nothing.',
  ].map((sentence) => showLine(sentence));
}
