import type { BatchRecord, BatchTitle, Grade } from '../../model/gradebook.ts';
import { feedbackLink } from './feedback-file.ts';
import { showLine } from '../../report/show-text.ts';
import { standingOf, type Standing } from './standing.ts';
import { clockTime, plural, wordNumber } from './words.ts';

/** A row of the gradebook's table. */
export interface StudentRow {
  readonly name: string;
  /** The id, and the address for letters where there is one. */
  readonly contact: string;
  readonly section: string;
  readonly link: string;
  readonly status: Standing['status'];
  /** Why there is no grade. */
  readonly reason: string;
  readonly final: NumberCell;
  readonly numbers: readonly NumberCell[];
  readonly stages: readonly NumberCell[];
  readonly late: NumberCell;
  /** What the filter finds as well: the codes of what went wrong. */
  readonly codes: string;
}

interface NumberCell {
  readonly text: string;
  /** What the column is sorted by; empty where there is no number. */
  readonly sort: string;
  /** How much of what was possible it is. */
  readonly share: 'all' | 'most' | 'some' | 'none' | 'unknown';
}

const UNKNOWN: NumberCell = { text: '', sort: '', share: 'unknown' };

export function viewRow(title: BatchTitle, record: BatchRecord): StudentRow {
  const { id, name, email, section } = record.student;
  const standing = standingOf(record);
  const contact = [showLine(id), showLine(email)].filter((each) => each !== '').join(' · ');
  return {
    name: showLine(name) || showLine(id),
    contact,
    section: showLine(section),
    link: feedbackLink(id),
    status: standing.status,
    reason: 'reason' in standing ? showLine(standing.reason) : '',
    ...viewPoints(title, standing),
  };
}

type PointCells = Pick<StudentRow, 'final' | 'numbers' | 'stages' | 'late' | 'codes'>;

function viewPoints({ stages, possible }: BatchTitle, standing: Standing): PointCells {
  const none = { stages: stages.map(() => UNKNOWN), late: UNKNOWN, codes: '' };
  switch (standing.status) {
    case 'graded':
      return viewGrade(stages, standing.grade);
    case 'graded before': {
      const final = numberCell(standing.final, possible.possible);
      return { final, numbers: [UNKNOWN, UNKNOWN, UNKNOWN], ...none };
    }
    case 'nothing':
    case 'refused': {
      const zero = numberCell(0, possible.possible);
      return { ...none, final: zero, numbers: [zero, plainCell(0), plainCell(0)] };
    }
    case 'broken':
      return { ...none, final: UNKNOWN, numbers: [UNKNOWN, UNKNOWN, UNKNOWN] };
  }
}

function viewGrade(stages: BatchTitle['stages'], grade: Grade): PointCells {
  const { points, penalty, final, lateness } = grade;
  const codes = grade.stages.flatMap(({ checks }) => checks.flatMap(({ code }) => code ?? []));
  return {
    final: numberCell(final, points.possible),
    numbers: [
      numberCell(points.earned, points.possible),
      plainCell(points.bonusEarned),
      plainCell(-penalty),
    ],
    stages: stages.map(({ id }) => viewStage(grade, id)),
    late: viewLateness(lateness),
    codes: [...new Set(codes)].join(' '),
  };
}

function viewStage({ stages }: Grade, id: string): NumberCell {
  const stage = stages.find((each) => each.id === id);
  if (stage?.status !== 'graded') return { text: '–', sort: '0', share: 'none' };
  return numberCell(stage.points.earned, stage.points.possible);
}

function viewLateness(lateness: Grade['lateness']): NumberCell {
  if (!lateness || lateness.lateSeconds <= 0) return UNKNOWN;
  const { lateSeconds, penaltyDays } = lateness;
  const days = penaltyDays > 0 ? ` (${plural(penaltyDays, 'day')})` : '';
  return { ...UNKNOWN, text: `${clockTime(lateSeconds)}${days}`, sort: String(lateSeconds) };
}

function numberCell(value: number, possible: number): NumberCell {
  const share = possible > 0 ? value / possible : 1;
  const name = share >= 1 ? 'all' : share >= 0.6 ? 'most' : share > 0 ? 'some' : 'none';
  return { text: wordNumber(value), sort: String(value), share: name };
}

/** A number that is as well 0: nothing is shown for that. */
function plainCell(value: number): NumberCell {
  const text = value === 0 ? '' : wordNumber(value).replace('-', '\u2212');
  return { text, sort: String(value), share: 'unknown' };
}
