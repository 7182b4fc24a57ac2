import { summarize } from '../batch/summarize.ts';
import { seededRandom, type Random } from '../lab/random.ts';
import type { BatchRecord, BatchTitle, Lateness, Student } from '../model/gradebook.ts';
import type { LabResult } from '../model/result.ts';
import { BELIEVABLE_STAGES } from './believable-checks.ts';
import { makeResult, STARTED_AT } from './believable-result.ts';

/** A class with its gradebook's records, and the whole results of those that were graded. */
export interface BelievableClass {
  readonly title: BatchTitle;
  readonly records: readonly BatchRecord[];
  readonly results: ReadonlyMap<string, LabResult>;
}

const FIRST = [
  ...['Ada', 'Björn', 'Chidi', 'Dolores', 'Émilie', 'Fatima', 'Grace', 'Håkon', 'İpek', 'José'],
  ...['Katarzyna', 'Lê', 'Mo', 'Nuala', 'Örjan', 'Priya', 'Quentin', 'Rin', 'Søren', 'Tomasz'],
];
const LAST = [
  ...["O'Brien", 'García-López', 'Nguyễn', 'Smith', 'Müller', 'Okafor', 'Kowalska', 'de la Cruz'],
  ...['Yılmaz', 'Hansen', 'Patel', 'Iyer', 'van den Berg', 'Sato', 'Haddad', 'Wójcik', 'Li'],
];
const DEADLINE = '2026-10-01T21:59:00.000Z';
const DAY = 86_400;

export const TITLE: BatchTitle = {
  lab: 'week02',
  title: 'an HTTP server from raw sockets',
  stages: BELIEVABLE_STAGES.map(({ id, title, checks }) => ({
    ...{ id, title },
    checks: checks.map(({ name, title: says, points, bonus = false }) => ({
      ...{ id: `${id}/${name}`, title: says, points, bonus },
    })),
  })),
  possible: { earned: 0, possible: 100, bonusEarned: 0, bonusPossible: 3 },
  deadline: DEADLINE,
  sandbox: 'bwrap',
};

/** Makes a class as there are many: most do well, some stop early, a few have trouble of all kinds. */
export function makeClass(students: number, seed = 1): BelievableClass {
  const random = seededRandom(seed, 'believable class');
  const results = new Map<string, LabResult>();
  const records = Array.from({ length: students }, (_, index): BatchRecord => {
    const student = makeStudent(index, random);
    const result = makeResult(student.id, drawSkill(random), random);
    const record = makeRecord(student, result, random);
    if (record.outcome.status === 'graded') results.set(student.id, result);
    return record;
  });
  return { title: TITLE, records, results };
}

function makeStudent(index: number, random: Random): Student {
  const first = FIRST[random.integer(FIRST.length)] ?? '';
  const last = LAST[random.integer(LAST.length)] ?? '';
  const id = `s${String(index + 1).padStart(4, '0')}`;
  const section = ['A', 'B', 'C'][index % 3] ?? '';
  return { id, name: `${first} ${last}`, email: `${id}@uni.example`, section };
}

/** More of them are good than bad. */
function drawSkill(random: Random): number {
  return Math.max(random.integer(90), random.integer(90));
}

function makeRecord(student: Student, result: LabResult, random: Random): BatchRecord {
  const known = {
    schema: 'wiregrade/batch-record/1',
    student,
    source: `https://github.com/class/${student.id}.git`,
    key: random.word(16),
    gradedAt: STARTED_AT,
    history: [],
  } as const;
  const commit = random.bytes(20).toString('hex');
  switch (random.integer(25)) {
    case 0:
      return { ...known, outcome: { status: 'nothing', reason: 'no commit before it was due' } };
    case 1:
      return { ...known, commit, outcome: { status: 'refused', reason: 'web/cat.png is a link' } };
    case 2: {
      const broken = { status: 'broken', reason: 'fetching took longer than 60 s' } as const;
      const grade = summarize(result.stages, { penalty: 0 });
      const stands = { gradedAt: '2026-09-20T06:00:00.000Z', commit, key: known.key, grade };
      return { ...known, outcome: random.integer(2) === 0 ? { ...broken, stands } : broken };
    }
    default: {
      const lateness = makeLateness(random);
      const most = result.points.earned * 0.1 * lateness.penaltyDays;
      const penalty = Math.round(most * 10) / 10;
      const grade = summarize(result.stages, { penalty, lateness });
      return { ...known, commit, outcome: { status: 'graded', grade } };
    }
  }
}

function makeLateness(random: Random): Lateness {
  const late = random.integer(6) === 0 ? random.integer(4 * DAY) : -random.integer(5 * DAY);
  const lateSeconds = Math.max(0, late);
  const days = Math.ceil(lateSeconds / DAY);
  const slipDaysUsed = Math.min(days, random.integer(2));
  return {
    submittedAt: new Date(Date.parse(DEADLINE) + late * 1000).toISOString(),
    dueAt: DEADLINE,
    ...{ lateSeconds, slipDaysUsed, penaltyDays: days - slipDaysUsed },
  };
}
