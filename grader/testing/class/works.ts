import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { labFolder, solutionsFolder } from '../../course/project.ts';
import type { Variant } from '../../lab/proofs.ts';
import { makeVariant } from '../../release/proofs/make-variant.ts';
import type { Files } from './fork.ts';

export const LAB = 'week02';

/** All worked solutions. */
export function solutions(): Files {
  return readTree(solutionsFolder(LAB), (path) => !path.startsWith('proofs/'));
}

/** The lab as it is released: starters, checks, texts and pictures. */
export function starters(): Files {
  return readTree(labFolder(LAB), () => true);
}

/** The files of one variant of a worked solution. */
export function workOf(variant: Variant): Files {
  const folder = mkdtempSync(join(tmpdir(), 'work-'));
  try {
    makeVariant(LAB, variant, folder);
    return readTree(folder, () => true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files in a folder of a repository. */
export function within(folder: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]),
  );
}

function readTree(folder: string, wanted: (path: string) => boolean): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => wanted(path) && statSync(join(folder, path)).isFile())
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path))]));
}
