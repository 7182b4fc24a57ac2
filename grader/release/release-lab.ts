import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { surveyFolder } from '../cell/survey.ts';
import { labFolder, PROJECT, solutionsFolder } from '../course/project.ts';
import { DIGESTS, digestProgram, readStarterDigests } from '../course/starters.ts';
import type { Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';
import { fillPointsTable } from './points-table.ts';
import { makeStarter } from './starter.ts';

/** A file that is made from others, and must not differ from what they make. */
export interface ReleasedFile {
  /** Relative to the project, with `/` between names. */
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Makes all that a lab takes from its solutions and its checks: starters, the digests that tell an
 * untouched one, the points in its README, and the copies of `web/`.
 *
 * @throws UsageError where a stage has no solution
 */
export function releaseLab(lab: Lab): readonly ReleasedFile[] {
  const folder = `labs/${lab.id}`;
  const starters = lab.stages.map((stage) => {
    const file = `${stage.id}/${stage.id}.ts`;
    return { stage, path: `${folder}/${file}`, text: makeStarter(readSolution(lab, file), file) };
  });
  const digests = starters.map(({ stage, text }) => [stage.id, digestProgram(text)]);
  const readme = readFileSync(join(labFolder(lab.id), 'README.md'), 'utf8');
  const template = join(PROJECT, 'templates/points.md.ejs');
  return [
    ...starters.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })),
    {
      path: `${folder}/${DIGESTS}`,
      bytes: Buffer.from(`${JSON.stringify(Object.fromEntries(digests), undefined, 2)}\n`),
    },
    {
      path: `${folder}/README.md`,
      bytes: Buffer.from(fillPointsTable(readme, lab, template)),
    },
    ...copiesOfWeb(lab),
  ];
}

/** The files that are not, on disk, what they are made to be. */
export function findDrift(files: readonly ReleasedFile[]): readonly ReleasedFile[] {
  return files.filter(({ path, bytes }) => {
    const file = join(PROJECT, path);
    return !existsSync(file) || !readFileSync(file).equals(bytes);
  });
}

/**
 * Makes sure that no one's work is written over.
 *
 * @throws UsageError where a starter's place holds a program that is no starter
 */
export function refuseToOverwrite(lab: Lab, files: readonly ReleasedFile[]): void {
  const released = existsSync(join(labFolder(lab.id), DIGESTS)) ? readStarterDigests(lab.id) : {};
  for (const stage of lab.stages) {
    const path = `labs/${lab.id}/${stage.id}/${stage.id}.ts`;
    const drifted = files.some((file) => file.path === path) && existsSync(join(PROJECT, path));
    const digest = drifted ? digestProgram(readFileSync(join(PROJECT, path), 'utf8')) : undefined;
    if (digest !== undefined && digest !== released[stage.id]) {
      throw new UsageError(`${path} is no starter but someone's work; move it away first.`);
    }
  }
}

function readSolution(lab: Lab, file: string): string {
  const path = join(solutionsFolder(lab.id), file);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new UsageError(`there is no solution solutions/${lab.id}/${file}; write it first.`);
}

/** Stages that are started in their own folder get `web/` copied there; students add to it. */
function copiesOfWeb(lab: Lab): ReleasedFile[] {
  const folders = lab.stages.filter((stage) => stage.folder !== '.').map((stage) => stage.folder);
  const web = surveyFolder(join(labFolder(lab.id), 'web'), 'web');
  return [...new Set(folders)].flatMap((folder) =>
    web.map(({ path, source }) => ({
      path: `labs/${lab.id}/${folder}/${path}`,
      bytes: readFileSync(source),
    })),
  );
}
