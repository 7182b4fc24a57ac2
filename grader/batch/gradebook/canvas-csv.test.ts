import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { makeClass } from '../../testing/believable-class.ts';
import { makeHostileClass } from '../../testing/hostile-class.ts';
import { renderCanvasCsv } from './canvas-csv.ts';
import { standingOf } from './standing.ts';

const { title, records } = makeClass(200);
const rows = records.map((record) => ({ record, ids: undefined }));

function read(csv: string): readonly (readonly string[])[] {
  return parse(csv);
}

test('begins as Canvas wants it, with the points that are possible', () => {
  const [header, possible] = read(renderCanvasCsv(title, rows, 'Week 2 (4711)'));
  expect(header).toEqual('Student,ID,SIS User ID,SIS Login ID,Section,Week 2 (4711)'.split(','));
  expect(possible).toEqual(['Points Possible', '', '', '', '', '100']);
});

test('has a row for each who has a grade, and none for whom the grader broke', () => {
  const graded = records.filter((record) => standingOf(record).status !== 'broken');
  expect(graded.length).toBeLessThan(records.length);
  const [, , ...students] = read(renderCanvasCsv(title, rows));
  expect(students.map(([name]) => name)).toEqual(graded.map(({ student }) => student.name));
  const finals = graded.map(standingOf).map((standing) => 'final' in standing && standing.final);
  expect(students.map((cells) => Number(cells.at(-1)))).toEqual(finals);
});

test('names a student by all that Canvas knows them by', () => {
  const [record] = records;
  if (!record) throw new Error('the class is empty');
  const ids = { id: '17', sisUserId: '00123', sisLoginId: 'ada' };
  const [, , student] = read(renderCanvasCsv(title, [{ record, ids }]));
  expect(student?.slice(0, 5)).toEqual([record.student.name, '17', '00123', 'ada', 'A']);
});

test('whatever a student is called, it is six cells and no formula', () => {
  const hostile = makeHostileClass();
  const all = hostile.records.map((record) => {
    const { name } = record.student;
    return { record, ids: { id: name, sisUserId: name, sisLoginId: name } };
  });
  const students = read(renderCanvasCsv(hostile.title, all));
  const graded = hostile.records.filter((record) => standingOf(record).status !== 'broken');
  expect(students).toHaveLength(2 + graded.length);
  for (const cells of students) expect(cells).toHaveLength(6);
  const words = students.slice(2).flatMap((cells) => cells.slice(0, 5));
  expect(words.filter((cell) => /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);
});
