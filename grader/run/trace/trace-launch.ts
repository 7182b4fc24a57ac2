import { fileURLToPath } from 'node:url';
import { basename } from 'node:path';
import type { Launch } from '../confine.ts';
import type { ReadyProgram } from '../prepare.ts';

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));

/** Whether it can be noted what a program does: it must be Node that runs it. */
export function canTrace({ language, interpreter }: ReadyProgram): boolean {
  const isNode = interpreter[0] === process.execPath || basename(interpreter[0]) === 'node';
  return isNode && (language === 'typescript' || language === 'javascript');
}

/**
 * Has Node note, before the program's own code runs, which line listens where and which writes what.
 * By a variable that is taken away at once, and not by an argument, which the program and what it
 * starts would see. As a script, and not as a module: what is loaded before it is what it was.
 */
export function traceLaunch({ command, cwd, env, disk }: Launch): Launch {
  const quoted = PRELOAD.replace(/["\\]/g, '\\$&');
  return {
    command,
    cwd,
    env: { ...env, NODE_OPTIONS: `--require "${quoted}"` },
    takesNotes: true,
    ...(disk && { disk: { ...disk, reads: [...disk.reads, PRELOAD] } }),
  };
}
