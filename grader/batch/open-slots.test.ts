import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listCores } from '../run/platform/list-cores.ts';
import { runCli } from '../testing/cli.ts';
import { whatCellsLack } from '../testing/class/what-is-lacking.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

jest.setTimeout(120_000);

const lacking = await whatCellsLack();
const inCells = lacking === undefined ? describe : describe.skip;

/** Ends with an error that names the cores that it may use. */
const TELLS_ITS_CORES = `
import re, sys
sys.exit('cores=' + re.search(r'Cpus_allowed_list:\\s*(\\S+)', open('/proc/self/status').read())[1])
`;

let files: TestSubmission;
beforeEach(() => {
  files = makeSubmission({ 'class/ann/http_serve1.py': TELLS_ITS_CORES });
});
afterEach(() => {
  files.remove();
});

inCells(`a batch in cells${lacking === undefined ? '' : ` (skipped: ${lacking})`}`, () => {
  test('grades on the cores that it may use, and on no other', async () => {
    const last = String(listCores().at(-1));
    const { exitCode, stdout } = await runCli(
      [
        ...['batch', 'week02', '--submissions', join(files.folder, 'class')],
        ...['--out', join(files.folder, 'grades')],
      ],
      { behind: ['taskset', '--cpu-list', last] },
    );
    expect(stdout).toContain('1 graded');
    expect(exitCode).toBe(0);
    const result = readFileSync(join(files.folder, 'grades/results/ann.json'), 'utf8');
    expect(result).toMatch(new RegExp(`cores=${last}\\b`));
  });
});
