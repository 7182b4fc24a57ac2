import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDockerCells } from '../cell/docker/open-docker-cells.ts';
import { LABELS } from '../cell/docker/remove-left.ts';
import { nameThisProcess } from '../cell/docker/run-owner.ts';
import { solutionsFolder } from '../course/project.ts';
import { attackFiles } from './attacks/files.ts';
import { attackKernel } from './attacks/kernel.ts';
import { attackMemory } from './attacks/memory.ts';
import { attackNetwork } from './attacks/network.ts';
import { attackProcesses } from './attacks/processes.ts';
import { until } from './attacks/until.ts';
import { gradeJson, runCli, startCli } from './cli.ts';
import { openDockerEngine, whatDockerLacks, type DockerEngine } from './docker-engine.ts';
import { dockerTarget, optionsFor } from './docker-options.ts';
import { echoServer, makeGrades, startReview } from './start-review.ts';
import { makeSubmission } from './submission.ts';

jest.setTimeout(120_000);

let engine: DockerEngine;
const lacking = await whatDockerLacks();
const why = lacking === undefined ? '' : ` (skipped: ${lacking})`;

/** What the engine has of ours: containers, and volumes. */
async function listLeft(): Promise<string> {
  const filter = ['--filter', `label=${LABELS.owner}`, '--quiet'];
  const containers = await engine.docker('ps', '--all', ...filter);
  return `${containers}${await engine.docker('volume', 'ls', ...filter)}`;
}

// One engine for all of it, and one test after the other: containers are slow enough as it is.
(lacking === undefined ? describe : describe.skip)(`in containers of docker${why}`, () => {
  beforeAll(async () => {
    engine = await openDockerEngine();
  });
  afterAll(async () => {
    await engine.close();
  });

  const folders: string[] = [];
  const makeFolder = (): string => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docker-test-')));
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /** Grades a class, and gives what tells the codes of a student's failures. */
  const gradeClass = async (
    works: Readonly<Record<string, string>>,
    slots: number,
  ): Promise<(id: string) => string[]> => {
    const folder = makeFolder();
    const [work, out] = [join(folder, 'work'), join(folder, 'out')];
    for (const [id, text] of Object.entries(works)) {
      const submission = makeSubmission({ [STAGE]: text });
      cpSync(submission.folder, join(work, id), { recursive: true });
      submission.remove();
    }
    const args = ['batch', 'week02', '--submissions', work, '--out', out, '--slots', String(slots)];
    const { exitCode, stderr } = await runCli([...args, ...optionsFor(engine)], {
      env: engine.env,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return (id) => {
      const record = readFileSync(join(out, 'results', `${id}.json`), 'utf8');
      return [...new Set([...record.matchAll(/"code": ?"(.+?)"/g)].map(([, code = '']) => code))];
    };
  };

  it('the worked solutions earn all points, and nothing is left', async () => {
    const args = ['week02', '--solutions', ...optionsFor(engine)];
    const { result } = await gradeJson(args, { env: engine.env });
    expect(result.grader.sandbox).toBe('docker');
    expect(result.points).toEqual({
      earned: 100,
      possible: 100,
      bonusEarned: 14,
      bonusPossible: 14,
    });
    expect(await listLeft()).toBe('');
  });

  it('a class gets its grades: right, wrong and hostile', async () => {
    const works = {
      right: solution,
      wrong: solution.replace('socket.write(bytes)', 'socket.write("x")'),
      fills: fill('.'),
      exits: 'process.exit(0);',
    };
    const codes = await gradeClass(works, 2);
    expect(codes('right')).toEqual([]);
    expect(codes('wrong')).not.toEqual([]);
    expect(codes('fills')).toEqual(['too-much-output']);
    expect(codes('exits')).not.toEqual([]);
    expect(await listLeft()).toBe('');
  });

  it('what a program leaves beside its copy is gone when the next one is graded', async () => {
    // In the order of their names, in the same room.
    const codes = await gradeClass({ first: fill('..'), second: solution }, 1);
    expect(codes('first')).toEqual(['too-much-output']);
    expect(codes('second')).toEqual([]);
  });

  it('finds the line behind a failure', async () => {
    const submission = makeSubmission({
      'package.json': '{ "type": "module" }',
      'http_serve2/http_serve2.js': LF_ONLY,
    });
    try {
      const args = ['week02', 'http_serve2', '--from', submission.folder, ...optionsFor(engine)];
      const { result } = await gradeJson(args, { env: engine.env });
      const outcome = result.stages
        .flatMap(({ checks }) => checks)
        .map((check) => check.outcome)
        .find(({ status }) => status === 'failed');
      expect(outcome).toMatchObject({
        diagnosis: { code: 'lf-only', source: { file: 'http_serve2/http_serve2.js', line: 3 } },
      });
    } finally {
      submission.remove();
    }
  });

  it('a killed coordinator leaves no container', async () => {
    const temporary = makeFolder();
    const args = ['grade', 'week02', '--solutions', ...optionsFor(engine)];
    const grader = startCli(args, { env: { ...engine.env, TMPDIR: temporary } });
    // The worker's, and those of programs.
    await until(async () => (await listLeft()).split('\n').length > 4);
    grader.kill('SIGKILL');
    await grader;
    await until(async () => (await listLeft()) === '');
  });

  it('what a coordinator left that died with its guardian is removed by the next', async () => {
    const [user, boot, namespace] = nameThisProcess().split('/');
    const start = (owner: string): Promise<string> =>
      engine.docker(
        ...['run', '--detach', '--network', 'none', '--label', `${LABELS.owner}=${owner}`],
        ...[engine.cells.image, 'sleep', '100'],
      );
    const dead = await start([user, boot, namespace, process.pid, 'another'].join('/'));
    const living = await start(nameThisProcess());
    const hidden = await start([user, boot, 'pid:[1]', process.pid, 'another'].join('/'));
    const cells = await openDockerCells(engine.cells);
    await cells.close();
    const left = await engine.docker('ps', '--quiet', '--no-trunc');
    expect(left.split('\n').sort()).toEqual([living, hidden].sort());
    expect(left).not.toContain(dead);
    await engine.docker('rm', '--force', living, hidden);
  });

  it('a review reaches the program, and leaves nothing', async () => {
    const grades = makeGrades();
    const submission = makeSubmission(echoServer('socket.pipe(socket);'));
    try {
      grades.record('ann', { source: submission.folder });
      const review = await startReview({ ...grades, env: engine.env }, 'ann', optionsFor(engine));
      expect(review.text()).toContain('in a cell of docker');
      expect(await review.ask('hello')).toBe('hello');
      const { exitCode, left } = await review.stop();
      expect({ exitCode, left }).toEqual({ exitCode: 0, left: [] });
      expect(await listLeft()).toBe('');
    } finally {
      submission.remove();
      grades.remove();
    }
  });

  it('an image that is not there is told with the command that builds it', async () => {
    const args = ['grade', 'week02', '--solutions', '--sandbox', 'docker', '--image', 'no/such'];
    const { exitCode, stderr } = await runCli(args, { env: engine.env });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^wiregrade: --sandbox docker: there is no image no\/such; run: docker build --tag no\/such --build-arg NODE=[\d.]+ \S+\/image, or name another by --image\.$/,
    );
  });

  const target = dockerTarget(() => engine);
  describe('files', () => {
    attackFiles(target);
  });
  describe('the kernel', () => {
    attackKernel(target);
  });
  describe('memory', () => {
    attackMemory(target);
  });
  describe('the network', () => {
    attackNetwork(target);
  });
  describe('processes', () => {
    attackProcesses(target);
  });
});

const STAGE = 'echo_server/echo_server.ts';

const solution = readFileSync(join(solutionsFolder('week02'), STAGE), 'utf8');

/** Listens, and fills the room that there is for its copy, by files in a folder. */
const fill = (folder: string): string => `import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
createServer(() => {
  for (let file = 0; file < 20; file += 1) {
    try {
      appendFileSync('${folder}/' + file, Buffer.alloc(8 * 2 ** 20));
    } catch {}
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** Ends its lines by LF alone; in its third line. */
const LF_ONLY = `import { createServer } from 'node:net';
const reply = (socket) =>
  socket.end('HTTP/1.1 200 OK\\n\\nhello');
createServer((socket) => socket.once('data', () => reply(socket))).listen(process.env.PORT);
`;
