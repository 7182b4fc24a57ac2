import { execa } from 'execa';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { makeNewLab } from '../release/new-lab.ts';
import type { Console, ExitCode } from './console.ts';
import { writeWhole } from './write-whole.ts';

/** Writes a small lab that verifies at once, for an author to change. */
export async function newLabCommand(id: string, console: Console): Promise<ExitCode> {
  const files = makeNewLab(id);
  for (const { path, bytes } of files) {
    const file = join(PROJECT, path);
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, bytes);
    console.out(`wrote ${path}\n`);
  }
  // In a process of its own: this one was made before the lab was there.
  const launcher = join(PROJECT, 'grader/launch.mjs');
  const { stdout } = await execa(process.execPath, [launcher, 'release', id], {
    stdin: 'ignore',
    cancelSignal: console.signal,
  });
  const run = console.underNpm ? 'npm run' : 'npx wiregrade';
  const told = new Set(files.map(({ path }) => `wrote ${path}`));
  const more = stdout.split('\n').filter((line) => !told.has(line));
  console.out(`${more.join('\n')}\n\nread   labs/README.md\nnext   ${run} verify ${id}\n`);
  return 0;
}
