import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../../run/find-command.ts';
import { BWRAP_CELLS } from '../../testing/bwrap-cells.ts';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { tryBwrap } from './try-bwrap.ts';

const NEEDED = ['bwrap', 'prlimit', 'setpriv', 'taskset', 'sh'];
const lacking = NEEDED.find((name) => findCommand(name, ENVIRONMENT) === undefined);
const testHere = lacking === undefined ? test.each : test.skip.each;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'try-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

testHere(NEEDED.slice(1))(
  `a trial of cells finds that there is no %s${lacking === undefined ? '' : ` (skipped: there is no ${lacking})`}`,
  async (missing) => {
    for (const name of NEEDED.filter((each) => each !== missing)) {
      symlinkSync(findCommand(name, ENVIRONMENT) ?? '', join(folder, name));
    }
    const environment = { ...ENVIRONMENT, PATH: folder };
    expect(await tryBwrap({ ...BWRAP_CELLS, environment })).toEqual({
      works: false,
      reason: `${missing} is not installed; run: sudo apt install util-linux.`,
    });
  },
);
