import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { makeClass } from '../../testing/believable-class.ts';
import { makeHostileClass } from '../../testing/hostile-class.ts';
import { renderGradebookCsv } from './gradebook-csv.ts';
import { showLine } from '../../report/show-text.ts';

const OURS = [
  ...['points', 'bonus', 'penalty', 'final', 'echo_server', 'http_serve2', 'http_serve5', 'athome'],
];
const { title, records } = makeClass(60);

function read(csv: string): readonly Readonly<Record<string, string>>[] {
  return parse(csv, { bom: true, columns: true });
}

test('has a row a student, in the order of the roster', () => {
  const rows = read(renderGradebookCsv(title, records));
  expect(rows.map(({ id }) => id)).toEqual(records.map(({ student }) => student.id));
  expect(Object.keys(rows[0] ?? {})).toEqual([
    ...['id', 'name', 'email', 'section', ...OURS],
    ...['status', 'commit', 'submitted_at', 'late_by', 'penalty_days'],
  ]);
});

test('begins with a byte order mark, and ends its lines with CRLF', () => {
  const csv = renderGradebookCsv(title, records);
  expect(csv.startsWith('\ufeffid,name,')).toBe(true);
  expect(csv.split('\r\n')).toHaveLength(62);
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('tells points before and after the penalty, and how late it was', () => {
  const [record] = records.filter(({ outcome }) => outcome.status === 'graded');
  if (record?.outcome.status !== 'graded') throw new Error('nobody is graded');
  const late = {
    ...record,
    outcome: {
      status: 'graded' as const,
      grade: {
        ...record.outcome.grade,
        points: { earned: 90, possible: 100, bonusEarned: 2.5, bonusPossible: 3 },
        ...{ penalty: 18, final: 74.5 },
        lateness: {
          ...{ submittedAt: '2026-10-02T23:04:00.000Z', dueAt: '2026-10-01T21:59:00.000Z' },
          ...{ lateSeconds: 90_300, penaltyDays: 1, slipDaysUsed: 1 },
        },
      },
    },
  };
  expect(read(renderGradebookCsv(title, [late]))).toMatchObject([
    {
      ...{ points: '90', bonus: '2.5', penalty: '18', final: '74.5', status: 'graded' },
      ...{ submitted_at: '2026-10-02T23:04:00.000Z', late_by: '25:05', penalty_days: '1' },
    },
  ]);
});

test('the stages of a student add up to the points', () => {
  for (const row of read(renderGradebookCsv(title, records))) {
    if (row.status !== 'graded') continue;
    const stages = title.stages.map(({ id }) => Number(row[id]));
    expect(stages.reduce((sum, points) => sum + points)).toBe(Number(row.points));
  }
});

test('work that earns nothing has noughts, and work that broke has no points', () => {
  const [some] = records;
  if (!some) throw new Error('the class is empty');
  const outcomes = (['nothing', 'refused', 'broken'] as const).map((status) => ({
    ...{ ...some, history: [], outcome: { status, reason: 'for a reason' } },
  }));
  const [nothing, refused, broken] = read(renderGradebookCsv(title, outcomes));
  expect(nothing).toMatchObject({ status: 'nothing', points: '0', final: '0', athome: '0' });
  expect(refused).toMatchObject({ status: 'refused', points: '0', final: '0' });
  expect(broken).toMatchObject({ status: 'broken', points: '', final: '', athome: '' });
});

test('a grading that broke leaves the grade of before', () => {
  const [some] = records;
  if (!some) throw new Error('the class is empty');
  const history = [
    { gradedAt: '2026-09-01T06:00:00.000Z', commit: 'older', final: 11 },
    { gradedAt: '2026-09-02T06:00:00.000Z', commit: 'newer', final: 77.5 },
  ];
  const record = { ...some, history, outcome: { status: 'broken' as const, reason: 'no network' } };
  expect(read(renderGradebookCsv(title, [record]))).toMatchObject([
    { status: 'graded before', final: '77.5', points: '', commit: 'newer', late_by: '' },
  ]);
});

test('what is hostile comes back as it was shown, and is no formula', () => {
  const hostile = makeHostileClass();
  const csv = renderGradebookCsv(hostile.title, hostile.records);
  const rows = read(csv);
  expect(rows).toHaveLength(hostile.records.length);
  for (const [index, { student, commit = '' }] of hostile.records.entries()) {
    const row = rows[index] ?? {};
    const outside = [student.id, student.name, student.email, student.section, commit];
    const cells = [row.id, row.name, row.email, row.section, row.commit];
    expect(cells.map((cell = '') => cell.replace(/^'/, ''))).toEqual(
      outside.map((text) => showLine(text).replace(/^'/, '')),
    );
    expect(
      cells.filter((cell = '') => /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell)),
    ).toEqual([]);
  }
  expect(csv.slice(1).replaceAll('\r\n', '\n')).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/,
  );
});

test('a negative number of ours stays a number', () => {
  const [record] = records.filter(({ outcome }) => outcome.status === 'graded');
  if (record?.outcome.status !== 'graded') throw new Error('nobody is graded');
  const grade = { ...record.outcome.grade, final: -5 };
  const csv = renderGradebookCsv(title, [{ ...record, outcome: { status: 'graded', grade } }]);
  expect(csv).toContain(',-5,');
});
