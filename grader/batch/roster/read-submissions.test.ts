import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeSubmission, type TestSubmission } from '../../testing/submission.ts';
import { readSubmissions } from './read-submissions.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

describe('a folder of submissions', () => {
  test('holds one folder for each student, in the order of their names', () => {
    made = makeSubmission({ 'ben/a': '', 'Zoe/a': '', 'ann/a': '', '.git/x': '', 'notes.txt': '' });
    const entries = readSubmissions(made.folder);
    expect(entries.map(({ student }) => student.id)).toEqual(['Zoe', 'ann', 'ben']);
    expect(entries[1]).toEqual({
      student: { id: 'ann', name: '', email: '', section: '' },
      kind: 'folder',
      repo: join(made.folder, 'ann'),
      line: 0,
    });
  });

  test.each([
    ['is missing', 'nowhere', 'there is no such folder'],
    ['is a file', 'file', 'it is no folder'],
    ['holds none', 'empty', 'holds no folders'],
  ])('is refused where it %s', (_, name, reason) => {
    made = makeSubmission({ file: '' });
    mkdirSync(join(made.folder, 'empty'));
    const folder = join(made.folder, name);
    expect(() => readSubmissions(folder)).toThrow(reason);
  });

  test('names links, odd names and clashing names at once', () => {
    made = makeSubmission({ 'Ann Lee/a': '', 'bo/a': '', 'Bo/a': '', '-x/a': '' });
    symlinkSync('/etc', join(made.folder, 'cy'));
    const { folder } = made;
    expect(() => readSubmissions(folder)).toThrow(
      [
        'has 4 faults; mend them and start again:',
        '"cy" is a link; put the folder itself there.',
        'the folder "-x" begins with a dot or a dash, so it cannot name a file; choose another.',
        'the folder "Ann Lee" holds white space or a character that is not shown, so it cannot name a file; choose another.',
        'the folders "Bo" and "bo" are one name where case does not count; rename one.',
      ].join('\n  '),
    );
  });
});
