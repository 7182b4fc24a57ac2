import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { solutionsFolder } from '../course/project.ts';
import { runCli } from '../testing/cli.ts';
import { behindScript, mountable } from '../testing/mounts.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

jest.setTimeout(120_000);

let files: TestSubmission;
beforeEach(() => {
  const program = readFileSync(
    join(solutionsFolder('week02'), 'proofs/programs/python/http_serve1.py'),
  );
  files = makeSubmission({
    'class/ann/http_serve1.py': program,
    'class/bob/http_serve1.py': program,
  });
  mkdirSync(join(files.folder, 'grades'));
});
afterEach(() => {
  files.remove();
});

const testMount = mountable ? test : test.skip;

testMount(
  `a full disk is named in one sentence, and a batch goes on once there is room${mountable ? '' : ' (skipped: user namespaces may not be used here)'}`,
  async () => {
    const out = join(files.folder, 'grades');
    const script = `
      mount -t tmpfs -o size=40k tmpfs ${out}
      "$@"
      echo "the first ended with $?"
      find ${out} -name '*.tmp'
      mount -o remount,size=64m ${out}
      "$@"`;
    const { exitCode, stdout, stderr } = await runCli(
      [
        ...['batch', 'week02', '--submissions', join(files.folder, 'class'), '--out', out],
        ...['--sandbox', 'none', '--i-trust-this-code'],
      ],
      behindScript(script),
    );
    expect(stderr).toMatch(/^wiregrade: cannot write \S+: the disk is full; [^\n]+$/);
    expect(stderr).toContain(out);
    expect(stderr).toContain('it goes on from there');
    expect(stdout).toContain('the first ended with 2');
    expect(stdout).not.toContain('.tmp');
    expect(stdout).toContain('The run before was stopped');
    expect(stdout).toContain('2 graded');
    expect(exitCode).toBe(0);
  },
);
