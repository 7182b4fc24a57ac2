import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labFolder } from '../course/project.ts';
import { until } from '../testing/attacks/until.ts';
import { pageServer, RIGHT_PAGE } from '../testing/page-server.ts';
import { saveBeside, startLive, type TestLive } from '../testing/start-live.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

jest.setTimeout(120_000);

const FILE = 'http_serve1/http_serve1.ts';
const PAGE = readFileSync(join(labFolder('week02'), 'tiny_html.html'), 'utf8');
const RIGHT = pageServer(RIGHT_PAGE);
const WRONG = pageServer("'wrong'");
const PASSES = /http_serve1: \d fixed, 0 broken; 10\/10 points, .*\n/;
const FAILS = /http_serve1: 0 fixed, 1 broken, 2 not asked any more; 1\/10 points, .*\n/;

let submission: TestSubmission | undefined;
let watch: TestLive | undefined;

afterEach(async () => {
  await watch?.stop();
  submission?.remove();
  [watch, submission] = [undefined, undefined];
});

/** Watches a submission, and waits until the first grading is over. */
async function start(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = ['http_serve1'],
): Promise<{ readonly watched: TestLive; readonly path: (file: string) => string }> {
  submission = makeSubmission(files);
  const { folder } = submission;
  watch = startLive(['watch', 'week02', ...args, '--from', folder]);
  await watch.shows(/watching .*Ctrl\+C ends this\.\n/);
  return { watched: watch, path: (file) => join(folder, file) };
}

/** Saves a program that never comes to listen, and waits until it is being graded. */
async function saveStuck(path: (file: string) => string): Promise<void> {
  const marker = path('started');
  const first = `writeFileSync(${JSON.stringify(marker)}, ''); for (;;) existsSync('x');`;
  writeFileSync(path(FILE), pageServer("''", first));
  await until(() => existsSync(marker));
}

describe('watch', () => {
  it('prints what a save has changed, and the next step, below what is there', async () => {
    const { watched, path } = await start({ [FILE]: WRONG });
    expect(watched.text()).toMatch(/^ {2}FAIL {2}http_serve1 +1\/10/m);
    expect(watched.text()).toContain('http_serve1/html: answers with the bytes of tiny_html.html');
    writeFileSync(path(FILE), RIGHT);
    await watched.shows(
      /^\d\d:\d\d:\d\d {2}http_serve1: 3 fixed, 0 broken; 10\/10 points, \d\.\d\ds\n/m,
    );
    await watched.shows(/^ {2}fixed {3}html: answers with the bytes of tiny_html\.html\n/m);
    writeFileSync(path(FILE), WRONG);
    await watched.shows(FAILS);
    await watched.shows(
      /^ {2}broken {2}html: .*\n\nhttp_serve1\/html: .*\n[^]*next {2}npm run grade/m,
    );
    const shown = watched.text();
    expect(shown).not.toContain('\u001b');
    expect(shown.match(/watching/g)).toHaveLength(1);
  });

  it.each([
    ['writes beside and renames', saveBeside],
    [
      'deletes first',
      (path: string, content: string) => {
        rmSync(path);
        writeFileSync(path, content);
      },
    ],
    [
      'empties first, and writes in two steps',
      (path: string, content: string) => {
        writeFileSync(path, '');
        writeFileSync(path, content.slice(0, 100));
        writeFileSync(path, content.slice(100), { flag: 'a' });
      },
    ],
  ])('takes the save of an editor that %s as one', async (_, save) => {
    const { watched, path } = await start({ [FILE]: WRONG });
    save(path(FILE), RIGHT);
    await watched.shows(PASSES);
    save(path(FILE), WRONG);
    await watched.shows(FAILS);
    expect(watched.text().match(/^\d\d:\d\d:\d\d /gm)).toHaveLength(2);
  });

  it('tells nothing but the verdict of the last of many saves', async () => {
    const { watched, path } = await start({ [FILE]: WRONG });
    for (let save = 0; save < 40; save += 1) {
      writeFileSync(path(FILE), pageServer(`'wrong ${String(save)}'`));
    }
    writeFileSync(path(FILE), RIGHT);
    await watched.shows(PASSES);
    writeFileSync(path(FILE), `${RIGHT}\n`);
    await watched.shows(/no check has changed; 10\/10 points/);
    expect(watched.text().match(/^\d\d:\d\d:\d\d /gm)).toHaveLength(2);
  });

  it('leaves a grading when its program is saved meanwhile, and never tells its verdict', async () => {
    const { watched, path } = await start({ [FILE]: WRONG });
    await saveStuck(path);
    writeFileSync(path(FILE), RIGHT);
    await watched.shows(PASSES);
    expect(watched.text()).not.toContain('never-listened');
    expect(watched.text().match(/^\d\d:\d\d:\d\d /gm)).toHaveLength(1);
  });

  it('shows a syntax error, and what was well before once it is mended', async () => {
    const { watched, path } = await start({ [FILE]: RIGHT });
    writeFileSync(path(FILE), `${RIGHT}{`);
    await watched.shows(/http_serve1: 0 fixed, 1 broken, 3 not asked any more; 0\/10 points/);
    await watched.shows(/\[syntax-error\]/);
    writeFileSync(path(FILE), RIGHT);
    await watched.shows(/http_serve1: 4 fixed, 0 broken; 10\/10 points/);
  });

  it('grades a stage again when what it serves or imports is saved, and no other', async () => {
    const echo =
      "import { createServer } from 'node:net';\ncreateServer((socket) => socket.pipe(socket)).listen(Number(process.env.PORT));\n";
    const { watched, path } = await start(
      {
        'echo_server/echo_server.ts': echo,
        [FILE]: `import './other.ts';\n${RIGHT}`,
        'http_serve1/other.ts': '',
        'tiny_html.html': PAGE,
      },
      ['echo_server', 'http_serve1'],
    );
    writeFileSync(path('tiny_html.html'), PAGE.replace('<', '<!-- new --><'));
    await watched.shows(/http_serve1: no check has changed; 10\/10 points/);
    writeFileSync(path('http_serve1/other.ts'), 'process.exit(7);');
    await watched.shows(/http_serve1: 0 fixed, 1 broken, 3 not asked any more; 0\/10 points/);
    writeFileSync(path('echo_server/echo_server.ts'), `${echo}\n`);
    await watched.shows(/echo_server: no check has changed; 5\/5 points/);
    await watched.shows(
      /next .*http_serve1 .*\n +where http_serve1\/listens-where-told fails still/,
    );
    expect(watched.text().match(/^\d\d:\d\d:\d\d /gm)).toHaveLength(3);
  });

  it('goes on when the folder of a stage, or of all, is deleted and comes back', async () => {
    const { watched, path } = await start({ [FILE]: RIGHT, 'notes.txt': '' });
    rmSync(path('http_serve1'), { recursive: true });
    await watched.shows(/http_serve1: 4 not asked any more; 0\/10 points, no program/);
    mkdirSync(path('http_serve1'));
    writeFileSync(path(FILE), RIGHT);
    await watched.shows(/http_serve1: 4 fixed, 0 broken; 10\/10 points/);
    rmSync(path(''), { recursive: true });
    await watched.shows(/does not exist/);
    mkdirSync(path('http_serve1'), { recursive: true });
    writeFileSync(path(FILE), WRONG);
    await watched.shows(FAILS);
  });

  it('looks by itself where it is told to', async () => {
    const { watched, path } = await start({ [FILE]: WRONG }, ['http_serve1', '--poll']);
    saveBeside(path(FILE), RIGHT);
    await watched.shows(PASSES);
    writeFileSync(path(FILE), WRONG);
    await watched.shows(FAILS);
  });

  it('says what keeps it from grading, until that is mended', async () => {
    const { watched, path } = await start({ [FILE]: WRONG });
    writeFileSync(path('http_serve1/http_serve1.py'), 'pass');
    await watched.shows(/http_serve1 has two programs/);
    rmSync(path('http_serve1/http_serve1.py'));
    writeFileSync(path(FILE), RIGHT);
    await watched.shows(PASSES);
  });

  it('ends on Ctrl+C in the middle of a grading, with nothing left', async () => {
    const { watched, path } = await start({ [FILE]: WRONG });
    await saveStuck(path);
    watch = undefined;
    expect(await watched.stop()).toEqual({ exitCode: 0, left: [] });
  });
});
