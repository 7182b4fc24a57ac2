import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findProgram, type StageProgram } from '../course/find-programs.ts';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { labFolder } from '../course/project.ts';
import { readStarterDigests } from '../course/starters.ts';
import { findStage } from '../grade/plan.ts';
import type { Lab, Stage } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';
import { isFile } from '../run/find-command.ts';
import { readRuntimes } from '../run/runtimes.ts';
import type { Console, ExitCode } from './console.ts';
import { writeWhole } from './write-whole.ts';

export interface NextOptions {
  readonly from?: string;
  readonly force?: boolean;
}

/**
 * Goes on to the next stage: copies the student's own program of the stage before over the starter.
 *
 * @param stageId the stage to begin; undefined for the first that is not started
 * @throws UsageError where there is work in the way, or nothing to go on from
 */
export async function nextCommand(
  { lab: labId, stage: stageId }: { readonly lab: string; readonly stage: string | undefined },
  options: NextOptions,
  console: Console,
): Promise<ExitCode> {
  const lab = await loadLab(labId);
  const submission = findSubmission(options.from ?? labFolder(lab.id), lab.id);
  const settings = { runtimes: readRuntimes([]), digests: readStarterDigests(lab.id) };
  const find = (stage: Stage): StageProgram => findProgram(submission, stage, settings);
  const stage = stageId === undefined ? firstUntouched(lab, find) : findStage(lab, stageId);
  const before = lab.stages[lab.stages.indexOf(stage) - 1];
  if (!before) throw new UsageError(`${stage.id} is the first stage; there is none before it.`);
  const source = find(before);
  if (source.state !== 'found') {
    throw new UsageError(
      `${before.id} is not begun yet, and ${stage.id} grows out of it; begin there.`,
    );
  }
  const { file } = source.program;
  const target = file.replaceAll(before.id, stage.id);
  const at = (path: string): string => join(submission.root, path);
  const there = find(stage);
  const starter = there.state === 'not-started' ? there.file : undefined;
  const program = there.state === 'found' ? there.program.file : undefined;
  // What lies at the target need not be what would be graded: one without its execute bit is not.
  const work = new Set([...(program === undefined ? [] : [program]), target]);
  const kept = [...work].filter((each) => each !== starter).map(at);
  keepBackups(kept.filter(isFile), options, console);
  // A program without an ending is one by its execute bit alone.
  writeWhole(at(target), readFileSync(at(file)), statSync(at(file)).mode);
  // In another language, or elsewhere, what was there would be a second program, or be taken for it.
  const old = program ?? starter;
  if (old !== undefined && old !== target) rmSync(at(old));
  const shown = (path: string): string => relative('.', at(path));
  console.out(`copied ${shown(file)} to ${shown(target)}\n\n`);
  console.out(`read   ${shown(`${stage.id}/README.md`)}\n`);
  console.out(
    `then   ${console.underNpm ? 'npm run' : 'npx wiregrade'} grade ${lab.id} ${stage.id}\n`,
  );
  return 0;
}

function firstUntouched(lab: Lab, find: (stage: Stage) => StageProgram): Stage {
  const stage = lab.stages.find((each) => find(each).state !== 'found');
  if (stage) return stage;
  throw new UsageError(
    `every stage of ${lab.id} is begun; name one, with --force, to begin it again.`,
  );
}

function keepBackups(paths: readonly string[], { force }: NextOptions, console: Console): void {
  for (const path of paths) {
    const shown = relative('.', path);
    if (force !== true) {
      throw new UsageError(
        `${shown} holds work of yours; --force keeps it as a backup and goes on.`,
      );
    }
    let backup = `${path}.bak`;
    for (let count = 2; existsSync(backup); count += 1) backup = `${path}.${String(count)}.bak`;
    copyFileSync(path, backup);
    console.out(`kept   ${relative('.', backup)}\n`);
  }
}
