import { afterEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { makeSubmission, type TestSubmission } from '../../testing/submission.ts';
import { readCourse, type Course } from './read-course.ts';
import { readDeadline, readInstant } from './read-instant.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

function read(content: string): Promise<Course> {
  made?.remove();
  made = makeSubmission({ 'course.yaml': content });
  const file = join(made.folder, 'course.yaml');
  return new Promise((resolve) => {
    resolve(readCourse(file));
  });
}

const WHOLE = `# Autumn
labs:
  week02:
    deadline: 2026-10-01T23:59:00+02:00
    grace: 15m
    penalty: 10%
    cap: 20 points
    slip-days: 2
    students:
      Ann: { extension: 3d, slip-days: 4 }
      0042: { extension: "2026-10-08T23:59:00+02:00" }
  week03: { deadline: 2026-10-08T23:59:00Z }
`;

describe('course.yaml', () => {
  test('says for each lab when it is due, and what lateness costs', async () => {
    const { labs } = await read(WHOLE);
    expect([...labs.keys()]).toEqual(['week02', 'week03']);
    expect(labs.get('week02')).toEqual({
      deadline: new Date('2026-10-01T21:59:00Z'),
      graceSeconds: 900,
      perDay: { unit: 'percent', percent: 10 },
      cap: { unit: 'points', points: 20 },
      slipDays: 2,
      students: new Map([
        ['ann', { extension: { kind: 'by', seconds: 3 * 86_400 }, slipDays: 4 }],
        ['0042', { extension: { kind: 'until', at: new Date('2026-10-08T21:59:00Z') } }],
      ]),
    });
    expect(labs.get('week03')).toMatchObject({ graceSeconds: 0, perDay: undefined, slipDays: 0 });
  });

  test.each([
    ['15m', 900],
    ['36h', 129_600],
    ['1d12h', 129_600],
    ['30s', 30],
    ['0m', 0],
  ])('takes the grace %s', async (grace, seconds) => {
    const { labs } = await read(`labs: { a: { grace: ${grace} } }`);
    expect(labs.get('a')?.graceSeconds).toBe(seconds);
  });

  test.each([
    ['an unknown key', 'labs:\n  a:\n    grade: 5m\n', 'line 3: a has no key "grade"'],
    ['an unknown key at the top', 'labs: {}\nlab: 1\n', 'line 2: the file has no key "lab"'],
    ['an unknown key of a student', 'labs:\n a:\n  students:\n   b: { x: 1 }', 'line 4: b has no'],
    ['no labs', '', 'line 1: the file must hold keys and values.'],
    ['a list', 'labs: [a]', 'line 1: labs must hold keys and values.'],
    ['an empty lab', 'labs:\n  a:\n', 'line 2: a must hold keys and values.'],
    [
      'a date without its zone',
      'labs:\n a:\n  deadline: 2026-10-01T23:59:00\n',
      'line 3: deadline',
    ],
    [
      'a date without a time',
      'labs: { a: { deadline: 2026-10-01 } }',
      'deadline cannot be "2026-10-01"',
    ],
    ['a span without a unit', 'labs: { a: { grace: 15 } }', 'grace cannot be "15"; write a span'],
    ['a penalty without a unit', 'labs: { a: { penalty: 5 } }', 'write a share of the points'],
    ['more than all', 'labs: { a: { penalty: 101% } }', 'penalty cannot be "101%"'],
    ['a negative number', 'labs: { a: { slip-days: -1 } }', 'slip-days cannot be "-1"'],
    ['an empty value', 'labs: { a: { grace: } }', 'grace has no value; write'],
    ['a map for a value', 'labs: { a: { grace: { x: 1 } } }', 'grace has no value'],
    ['a cap alone', 'labs: { a: { cap: 50% } }', 'a has a cap but no penalty'],
    ['an id that names no file', 'labs: { a: { students: { ../x: {} } } }', 'holds a slash'],
    ['an id twice', 'labs: { a: { students: { b: {}, B: {} } } }', 'B is there already'],
    ['a key twice', 'labs:\n  a: {}\n  a: {}\n', 'line 3: Map keys must be unique'],
    ['broken YAML', 'labs: {\n', 'course.yaml, line'],
    ['an alias', 'labs: { a: &x { grace: 1m }, b: *x }', 'b must hold keys and values'],
    ['two documents', 'labs: {}\n---\nlabs: {}\n', 'course.yaml, line'],
    ['a tag', 'labs: !!js/function "x"', 'course.yaml'],
  ])('with %s is refused by line', async (_, content, reason) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'UsageError' });
    await expect(read(content)).rejects.toThrow(reason);
  });

  test('names all faults at once', async () => {
    await expect(read('labs:\n  a:\n    grace: x\n    cap: y\n    z: 1\n')).rejects.toThrow(
      /has 4 faults.*\n {2}line 2: .*\n {2}line 3: .*\n {2}line 4: .*\n {2}line 5: /,
    );
  });

  test('that is not there is named', () => {
    expect(() => readCourse('/nowhere/course.yaml')).toThrow('there is no such file');
  });
});

describe('a moment', () => {
  test.each([
    ['2026-10-01T23:59:00+02:00', '2026-10-01T21:59:00.000Z'],
    ['2026-10-01T23:59:00-0530', '2026-10-02T05:29:00.000Z'],
    ['2026-10-01T23:59Z', '2026-10-01T23:59:00.000Z'],
    ['2028-02-29T00:00:00.5Z', '2028-02-29T00:00:00.500Z'],
  ])('is %s', (text, iso) => {
    expect(readInstant(text)?.toISOString()).toBe(iso);
  });

  test.each([
    '2026-10-01T23:59:00',
    '2026-10-01',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-10-32T00:00:00Z',
    '2026-10-01T24:00:00Z',
    '2026-10-01T23:60:00Z',
    '2026-10-01T23:59:60Z',
    '2026-10-01T23:59:00+15:00',
    '2026-10-01 23:59:00Z',
    'tomorrow',
    '',
  ])('is not %j', (text) => {
    expect(readInstant(text)).toBeUndefined();
  });

  test('without its zone is refused as an option, with the way out', () => {
    expect(() => readDeadline('2026-10-01T23:59:00', '--deadline')).toThrow(
      '--deadline 2026-10-01T23:59:00 has no time zone; add one, as in 2026-10-01T23:59:00+02:00.',
    );
    expect(() => readDeadline('soon', '--deadline')).toThrow('is no date and time; write it as');
    expect(readDeadline('2026-10-01T23:59:00Z', '--deadline')).toBeInstanceOf(Date);
  });
});
