import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSubmission } from '../../course/find-submission.ts';
import { loadLab } from '../../course/load-lab.ts';
import { FileGone } from '../../model/errors.ts';
import { readRuntimes } from '../../run/runtimes.ts';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { echoServer } from '../../testing/start-review.ts';
import { makeSubmission, type TestSubmission } from '../../testing/submission.ts';
import { chooseProgram } from '../choose-program.ts';
import { LatestProgram, type Begun } from './latest-program.ts';

const lab = await loadLab('week02');

let temporary: string;
let submission: TestSubmission;
let latest: LatestProgram;
let faults: unknown[];
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'latest-'));
  submission = makeSubmission(echoServer(''));
  faults = [];
  latest = new LatestProgram({
    ...{ lab, temporary, environment: ENVIRONMENT, tell: () => undefined },
    fail: (error) => faults.push(error),
  });
});
afterEach(async () => {
  await latest.end();
  submission.remove();
  rmSync(temporary, { recursive: true });
});

function find(): Begun {
  const found = findSubmission(submission.folder, lab.id);
  const runtimes = readRuntimes([]);
  const facts = { lab, submission: found, runtimes, id: 'this one' };
  return { submission: found, program: chooseProgram(facts, undefined) };
}

test('goes on with what runs where the next cannot be copied, and leaves nothing of it', async () => {
  const found = find();
  expect(await latest.begin(found)).toBe(true);
  const address = await latest.reach();
  const copies = readdirSync(temporary);
  submission.remove();
  expect(() => latest.begin(found)).toThrow(FileGone);
  expect(readdirSync(temporary)).toEqual(copies);
  expect(await latest.reach()).toEqual(address);
  await latest.end();
  expect({ faults, left: readdirSync(temporary) }).toEqual({ faults: [], left: [] });
});
