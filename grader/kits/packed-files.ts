import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isLabSource } from '../course/lab-sources.ts';
import { PROJECT } from '../course/project.ts';
import type { Lab } from '../lab/check.ts';

/** A file of the course, to be packed. */
export interface PackedFile {
  /** Relative to the course, with `/` between names. */
  readonly path: string;
  readonly source: string;
}

/** Lists just what it takes to grade a lab: the grader, the lab's checks and assets, the lockfile. */
export function listPackedFiles(lab: Lab): readonly PackedFile[] {
  const folder = `labs/${lab.id}`;
  const isOfLab = (path: string): boolean =>
    isLabSource(path.slice(folder.length + 1), lab.stages) ||
    lab.assets.some((asset) => `${path}/`.startsWith(`${folder}/${asset}/`));
  return [
    ...['LICENSE', 'package.json', 'package-lock.json'].filter(isThere),
    ...listFiles('grader').filter(isOfGrader),
    ...listFiles(folder).filter(isOfLab),
    ...listFiles('templates').filter((path) => !/^templates\/(?:kits|lab)\//.test(path)),
  ].map((path) => ({ path, source: join(PROJECT, path) }));
}

function isThere(path: string): boolean {
  return statSync(join(PROJECT, path), { throwIfNoEntry: false }) !== undefined;
}

function isOfGrader(path: string): boolean {
  return (
    /(?<!\.test)\.(?:ts|mjs|cjs|py|sh|json)$/.test(path) &&
    !/^grader\/(?:testing|bench)\//.test(path)
  );
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length + 1))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !/(?:^|\/)(?:node_modules|\.[^/]*)(?:\/|$)|\.(?:bak|log|tmp)$/.test(path));
}
