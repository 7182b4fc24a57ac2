import { afterEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { makeSubmission, type TestSubmission } from '../../testing/submission.ts';
import { readRoster } from './read-roster.ts';
import type { RosterEntry } from './roster-entry.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

async function read(content: string, repoTemplate?: string): Promise<readonly RosterEntry[]> {
  made?.remove();
  made = makeSubmission({ 'roster.csv': content });
  return readRoster(join(made.folder, 'roster.csv'), { repoTemplate });
}

test('a roster of Gradescope is recognised, without those who teach', async () => {
  const gradescope =
    'First Name,Last Name,SID,Email,Role,Sections\nAnn,Lee,0042,ann@x.org,Student,B2\nBen,B,,ben@x.org,Student,\nCy,C,7,cy@x.org,TA,\n';
  expect(await read(gradescope, 'https://h/org/{email}')).toMatchObject([
    {
      student: { id: '0042', name: 'Ann Lee', email: 'ann@x.org', section: 'B2' },
      repo: 'https://h/org/ann%40x.org',
      line: 2,
    },
    { student: { id: 'ben@x.org', name: 'Ben B', email: 'ben@x.org', section: '' } },
  ]);
  await expect(read('Name,SID,Email\nAnn,1,ann@x.org\n')).rejects.toThrow(
    "is a roster of Gradescope, which names no repositories; say where they are by --repo-template 'https://github.com/ORG/LAB-{sid}'.",
  );
});

test('a roster says by what Canvas finds a student, where it has the columns', async () => {
  const own = 'id,repo,canvas_id,sis_login_id\nann,https://h/a,17,ann-lee\nben,https://h/b,,\n';
  const [ann, ben] = await read(own);
  expect(ann?.canvas).toEqual({ id: '17', sisUserId: '', sisLoginId: 'ann-lee' });
  expect(ben).not.toHaveProperty('canvas');
});
