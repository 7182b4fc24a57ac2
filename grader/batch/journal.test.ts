import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { behindScript, mountable } from '../testing/mounts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const testMount = mountable ? test : test.skip;

testMount(
  `what is noted after the disk was full is whole${mountable ? '' : ' (skipped: user namespaces may not be used here)'}`,
  async () => {
    const script = `
      import { appendFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
      import { Journal } from ${JSON.stringify(join(PROJECT, 'grader/batch/journal.ts'))};
      const [path, filler] = ['journal.jsonl', 'filler'];
      const journal = new Journal(path);
      const note = (id) => journal.note({ event: 'recorded', at: '', id, key: 'x'.repeat(100) });
      note('before');
      // The disk is full, but for the rest of the page that the journal ends in.
      appendFileSync(path, JSON.stringify({ event: 'finished', at: ' '.repeat(3700) }) + '\\n');
      try {
        for (;;) appendFileSync(filler, Buffer.alloc(4096));
      } catch {}
      try {
        for (let id = 0; ; id += 1) note(String(id));
      } catch (error) {
        console.log(error.message);
      }
      rmSync(filler);
      note('after');
      console.log(new Journal(path).entries.map(({ id }) => id).join(' '));`;
    const { behind = [] } = behindScript(`mount -t tmpfs -o size=64k tmpfs ${folder} && exec "$@"`);
    const [command = '', ...args] = [
      ...[...behind, process.execPath, '--import', import.meta.resolve('tsx')],
      ...['--input-type=module', '--eval', `process.chdir(${JSON.stringify(folder)});${script}`],
    ];
    const { stdout } = await execa(command, args);
    expect(stdout).toMatch(/^cannot write journal.jsonl: the disk is full; .*\nbefore .*0 after$/);
  },
);
