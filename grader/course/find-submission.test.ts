import { afterEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gradeJson } from '../testing/cli.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';
import { findSubmission } from './find-submission.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

const PROGRAM = `
import os, socket
page = open('tiny_html.html', 'rb').read()
server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
while True:
    client, _ = server.accept()
    client.recv(4096)
    client.sendall(page)
    client.close()
`;

describe('a submission', () => {
  test('is the folder that is named', () => {
    made = makeSubmission({ 'http_serve2/http_serve2.py': '' });
    expect(findSubmission(made.folder, 'week02')).toEqual({ root: made.folder, homes: ['.'] });
  });

  test('is the folder of the lab in a repository, whatever else that holds', () => {
    made = makeSubmission({
      'labs/week02/http_serve2.py': '',
      'labs/week01/x.py': '',
      'lab/x': '',
    });
    const root = join(made.folder, 'labs/week02');
    expect(findSubmission(made.folder, 'week02')).toEqual({ root, homes: ['.'] });
  });

  test('is the folder that is named, where a file is called labs', () => {
    made = makeSubmission({ 'http_serve2.py': '', labs: '', assignments: '' });
    expect(findSubmission(made.folder, 'week02').root).toBe(made.folder);
  });

  test('has two homes where it has a folder lab/', () => {
    made = makeSubmission({ 'lab/http_serve2.py': '', 'athome/athome.py': '' });
    expect(findSubmission(made.folder, 'week02').homes).toEqual(['.', 'lab']);
  });

  test.each([
    ['does not exist', 'nowhere', 'does not exist'],
    ['is a file', 'a-file', 'is no folder'],
    ['is empty', 'empty', 'is empty'],
  ])('is refused by name where it %s', (_, name, reason) => {
    made = makeSubmission({ 'a-file': '' });
    mkdirSync(join(made.folder, 'empty'));
    const path = join(made.folder, name);
    expect(() => findSubmission(path, 'week02')).toThrow(`${path} ${reason}`);
  });
});

describe('each layout is graded with the files that it needs', () => {
  test.each([
    ['a folder a stage', 'http_serve1/http_serve1.py'],
    ['flat', 'http_serve1.py'],
    ['lab/ of an old repository', 'lab/http_serve1.py'],
    ['a repository with the lab in it', 'labs/week02/http_serve1/http_serve1.py'],
    ['a repository with assignments in it', 'assignments/week02/http_serve1.py'],
  ])('%s', async (_, file) => {
    made = makeSubmission({ [file]: PROGRAM });
    const { result } = await gradeJson(['week02', 'http_serve1', '--from', made.folder]);
    expect(result.points).toMatchObject({ earned: 10, possible: 10 });
  });

  test('flat, as an executable that is called as the folder of a stage would be', async () => {
    made = makeSubmission({ http_serve1: `#!/usr/bin/env python3\n${PROGRAM}` });
    chmodSync(join(made.folder, 'http_serve1'), 0o755);
    const { result } = await gradeJson(['week02', 'http_serve1', '--from', made.folder]);
    expect(result.points).toMatchObject({ earned: 10, possible: 10 });
  });

  test('with the files of the lab, where others stand in their places', async () => {
    made = makeSubmission({
      'http_serve1.py': PROGRAM,
      'http_serve4.py': PROGRAM,
      'tiny_html.html/page.html': '',
      web: 'a file',
    });
    const { result, outcomesOf } = await gradeJson([
      ...['week02', 'http_serve1', 'http_serve4', '--from', made.folder],
    ]);
    expect(outcomesOf('broken')).toEqual([]);
    expect(result.points.earned).toBeGreaterThanOrEqual(10);
  });

  test('with the page of the submission, where it brings its own', async () => {
    made = makeSubmission({ 'lab/http_serve1.py': PROGRAM, 'lab/tiny_html.html': 'mine\r\n' });
    const { result } = await gradeJson(['week02', 'http_serve1', '--from', made.folder]);
    expect(result.points).toMatchObject({ earned: 10, possible: 10 });
  });
});
