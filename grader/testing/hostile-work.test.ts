import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { whatCellsLack } from './class/what-is-lacking.ts';
import { ClassRepository, workedProgram } from './pull-requests.ts';

// Work in a pull request that is laid out to be judged by other pages, or not to be judged at all.

const lacking = await whatCellsLack();
const why = lacking === undefined ? '' : ` (skipped: ${lacking})`;
const inCells = lacking === undefined ? describe : describe.skip;

let course: ClassRepository;

inCells(`the work of a pull request${why}`, () => {
  beforeAll(() => {
    course = new ClassRepository();
  }, 120_000);
  afterAll(() => course.remove());

  test.each(['labs/week02/lab', 'labs/week02/labs/week02', 'labs/week02/assignments/week02/lab'])(
    'is not compared with pages of its own that lie in %s',
    async (home) => {
      const fork = course.fork();
      rmSync(join(fork.folder, 'labs/week02/http_serve1'), { recursive: true });
      const [program = ''] = Object.values(workedProgram('http_serve1'));
      fork.commit({
        [`${home}/http_serve1/http_serve1.ts`]: program.replace('readFileSync(PAGE)', "'mine'"),
        [`${home}/tiny_html.html`]: 'mine',
      });
      const { record } = await course.grade(fork.folder, ['--require', 'http_serve1']);
      expect(record.reason).toBe('week02: Not complete yet: http_serve1.');
      expect(JSON.stringify(record.labs[0]?.result)).toContain('body-differs');
    },
  );

  test('is judged where names of its are those of folders and files of ours', async () => {
    const fork = course.fork();
    fork.commit({
      ...workedProgram('http_serve1'),
      'labs/week02/labs': 'a file',
      'labs/week02/assignments': 'a file',
      'labs/week02/http_serve1/http_serve1.mjs/a': '',
      'labs/week02/http_serve1/http_serve1.cjs/a': '',
      'labs/week02/http_serve1/web': 'a file',
    });
    const { record } = await course.grade(fork.folder, ['--require', 'http_serve1']);
    expect(record.reason).toBe('week02: Complete: http_serve1.');
  });

  test('is told to be too large, rather than fill a cell', async () => {
    const fork = course.fork();
    const megabytes = Array.from(
      { length: 14 },
      (_, n) => [`labs/week02/${String(n)}`, n] as const,
    );
    fork.commit({
      ...workedProgram('http_serve1'),
      ...Object.fromEntries(megabytes.map(([path, n]) => [path, Buffer.alloc(10 * 2 ** 20, n)])),
    });
    const { exitCode, record } = await course.grade(fork.folder);
    expect(exitCode).toBe(1);
    expect(record.reason).toContain('Not graded: it holds more than 5000 files or 96 MiB');
  });
});
