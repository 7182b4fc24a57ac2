import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { TEMPLATES } from '../course/templates.ts';
import { readHook } from '../kits/hook/hook-file.ts';
import { findHooks } from '../kits/hook/read-git.ts';
import { UsageError } from '../model/errors.ts';
import { quoteForShell } from '../model/quote-for-shell.ts';
import type { Console, ExitCode } from './console.ts';
import { writeWhole } from './write-whole.ts';

/** The options of `hook`, as they are typed. */
export interface HookOptions {
  readonly block?: boolean;
  readonly remove?: boolean;
}

/** Has git grade what is about to be pushed, or no longer. A hook of somebody else's is left alone. */
export async function hookCommand(
  { block, remove }: HookOptions,
  console: Console,
): Promise<ExitCode> {
  if (block === true && remove === true) {
    throw new UsageError('--block and --remove say two different things; give one of them.');
  }
  const { environment, signal } = console;
  const file = join(await findHooks(PROJECT, { environment, signal }), 'pre-push');
  const there = readHook(file);
  if (remove === true) {
    if (there === 'theirs') throw new UsageError(`${file} is not from here; it is left as it is.`);
    rmSync(file, { force: true });
    console.out(there === 'ours' ? `removed ${file}\n` : `there is no hook at ${file}\n`);
    return 0;
  }
  const grader = quoteForShell(join(PROJECT, 'grader/launch.mjs'));
  const strict = block === true ? ' --block' : '';
  if (there === 'theirs') {
    throw new UsageError(
      `${file} is there already, and is left as it is; to grade as well, add this line to it: node ${grader} pre-push${strict} -- "$@"`,
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  const hook = TEMPLATES.fill('kits/pre-push.ejs', { grader, block: block === true });
  writeWhole(file, hook, 0o755);
  console.out(`wrote ${file}\n`);
  console.out(
    block === true
      ? 'git push now grades first, and stops where a stage that you have begun fails.\n'
      : 'git push now grades first, and tells you what fails; it pushes all the same.\n',
  );
  console.out('To push without it: git push --no-verify\n');
  return 0;
}
