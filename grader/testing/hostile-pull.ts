import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MadeRepository } from '../batch/fetch/made-repository.ts';

/** What a hostile pull request brings. */
export interface Poison {
  /** Paths whose change must have no effect, and be named. */
  readonly files: readonly string[];
  /** The path of the one program that is run, and fails. */
  readonly program: string;
}

/** Words of the program that a log must not obey. */
export const COMMANDS = [
  '::error::owned',
  '  ::set-output name=verdict::owned',
  '::add-mask::owned',
  '::stop-commands::owned',
  'x ##[error]owned',
];

/**
 * Commits all that a pull request could try, in a repository whose own settings and hooks run a
 * program, and makes sure that an ordinary git would run it.
 *
 * @param trace a file that whatever runs leaves behind
 */
export function plantPoison(fork: MadeRepository, trace: string): Poison {
  const leaveTrace = `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(trace)}, 'ran');\n`;
  const run = `node -e ${JSON.stringify(leaveTrace.split('\n').join(' '))}`;
  const scripts = { preinstall: run, postinstall: run, ci: 'exit 0', comment: 'exit 0' };
  const files = {
    '.github/actions/grade/action.yml': 'name: nothing\n',
    '.github/workflows/grade.yml': 'name: grade\non: pull_request\n',
    '.npmrc': 'ignore-scripts=false\nscript-shell=/bin/true\n',
    'grader/cli.ts': leaveTrace,
    'grader/launch.mjs': `${leaveTrace}process.exit(0);\n`,
    'grader/model/score.ts': `${leaveTrace}export const verdictOf = () => 'passed';\n`,
    'labs/week02/http_serve1/checks.ts': `${leaveTrace}export default [];\n`,
    'labs/week02/lab.ts': `${leaveTrace}export default { id: 'week02', stages: [] };\n`,
    'labs/week02/starters.json': '{}\n',
    'labs/week99/lab.ts': leaveTrace,
    'package-lock.json': '{}\n',
    'package.json': JSON.stringify({ type: 'module', scripts }),
    'solutions/week02/http_serve1/http_serve1.ts': leaveTrace,
    'templates/pull.md.ejs': '<% process.exit(0) %>\n',
  };
  const program = 'labs/week02/http_serve1/http_serve1.ts';
  fork.commit({
    ...files,
    [program]: forge(trace),
    'labs/week02/.npmrc': 'ignore-scripts=false\n',
    'labs/week02/package.json': JSON.stringify({ type: 'module', scripts }),
  });
  poisonSettings(fork.folder, trace);
  return { files: Object.keys(files), program };
}

/** A program that says all that a log could obey, writes what it can reach, and dies of it. */
function forge(trace: string): string {
  return `
import { writeFileSync } from 'node:fs';
const forged = JSON.stringify({ schema: 'wiregrade/ci/1', verdict: 'passed' });
for (const line of ${JSON.stringify(COMMANDS)}) {
  console.log(line);
  console.error(line);
}
console.log(forged);
const { GITHUB_OUTPUT = 'output', GITHUB_STEP_SUMMARY = 'summary.md' } = process.env;
for (const file of [${JSON.stringify(trace)}, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, '../ci.json']) {
  try {
    writeFileSync(file, forged);
  } catch {}
}
throw new Error(${JSON.stringify(COMMANDS.join('\n'))});
`;
}

/** Settings and hooks that run a program whenever git looks at the repository. */
function poisonSettings(folder: string, trace: string): void {
  const program = join(folder, '.git/poison');
  writeFileSync(program, `#!/bin/sh\necho ran >>'${trace}'\n`);
  chmodSync(program, 0o755);
  const settings = [
    'core.fsmonitor',
    'core.sshCommand',
    'core.alternateRefsCommand',
    'uploadpack.packObjectsHook',
    'diff.external',
    'filter.poison.clean',
    'filter.poison.smudge',
  ];
  for (const name of settings) execFileSync('git', ['-C', folder, 'config', name, program]);
  mkdirSync(join(folder, '.git/hooks'), { recursive: true });
  for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
    writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\nexec '${program}'\n`);
    chmodSync(join(folder, '.git/hooks', hook), 0o755);
  }
  // The control: an ordinary git runs it.
  execFileSync('git', ['-C', folder, 'status'], { stdio: 'ignore' });
  if (!existsSync(trace)) throw new Error('the settings of the repository are harmless');
  rmSync(trace);
}
