import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { claimOut } from './claim-out.ts';

jest.setTimeout(60_000);

/** No process has such a number. */
const GONE = '4194305 1\n';

let out: string;
let claimers: ChildProcess[];
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'claimed-'));
  claimers = [];
});
afterEach(() => {
  for (const claimer of claimers) claimer.kill('SIGKILL');
  rmSync(out, { recursive: true });
});

test('gives the folder back, and leaves nothing in it', () => {
  const giveBack = claimOut(out);
  expect(readdirSync(out)).toEqual(['running']);
  expect(() => claimOut(out)).toThrow(`another batch, process ${String(process.pid)}, is writing`);
  giveBack();
  expect(readdirSync(out)).toEqual([]);
});

test('takes the place of one that was killed, and of one that was killed over just that', () => {
  for (const name of ['running', 'running.next', 'running.next.next']) {
    writeFileSync(join(out, name), GONE);
  }
  const giveBack = claimOut(out);
  expect(readdirSync(out)).toEqual(['running']);
  giveBack();
});

test('lets one alone of those that come at once take the place of one that was killed', async () => {
  claimers = Array.from({ length: 4 }, startClaimer);
  await Promise.all(claimers.map(hear));
  for (let round = 0; round < 50; round += 1) {
    writeFileSync(join(out, 'running'), GONE);
    const told = claimers.map(hear);
    for (const claimer of claimers) claimer.send('claim');
    const answers = await Promise.all(told);
    expect({ round, took: answers.filter((answer) => answer === 'took it') }).toEqual({
      round,
      took: ['took it'],
    });
    const given = claimers.map(hear);
    for (const claimer of claimers) claimer.send('give back');
    await Promise.all(given);
    expect(existsSync(join(out, 'running'))).toBe(false);
  }
});

/** Starts a process that claims the folder, and gives it back, whenever it is told to. */
function startClaimer(): ChildProcess {
  const script = `
    const { claimOut } = await import(${JSON.stringify(join(PROJECT, 'grader/batch/claim-out.ts'))});
    let giveBack = () => undefined;
    process.on('message', (word) => {
      let answer = 'gave it back';
      if (word === 'claim') {
        try {
          giveBack = claimOut(${JSON.stringify(out)});
          answer = 'took it';
        } catch (error) {
          answer = error.message;
        }
      } else {
        giveBack();
        giveBack = () => undefined;
      }
      process.send(answer);
    });
    process.send('ready');`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  return spawn(process.execPath, args, {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

async function hear(claimer: ChildProcess): Promise<unknown> {
  const [answer]: readonly unknown[] = await once(claimer, 'message');
  return answer;
}
