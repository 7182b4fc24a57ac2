import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { surveyFolder, type SurveyedFile } from '../../cell/survey.ts';
import { labFolder, PROJECT } from '../../course/project.ts';
import type { Lab } from '../../lab/check.ts';
import { isGone } from '../../model/errors.ts';
import { fingerprinter } from './fingerprint.ts';
import { watchFiles, type FileChanges } from './watch-files.ts';

const GRADER = join(PROJECT, 'grader');
const SOURCE = /^(?!(?:testing|bench)\/).*(?<!\.test|\.d)\.ts$/;
const CHECKS = /^lab\.ts$|^[^/]+\/checks\.ts$/;
/** At the top of a lab: what its checks share, or a student's. */
const SHARED = /^[^/]+\.ts$/;

export interface WatchSourcesOptions {
  readonly poll: boolean;
  /** Called when they have become others. */
  readonly onChange: () => void;
  readonly onFault: (error: Error) => void;
}

/** Watches what the running grader was made of: its own sources, and the checks of a lab. */
export async function watchSources(
  lab: Lab,
  { poll, onChange, onFault }: WatchSourcesOptions,
): Promise<FileChanges> {
  const before = readAll(lab);
  const folder = labFolder(lab.id);
  const changes = await watchFiles({ folders: [GRADER, folder], poll, onFault });
  changes.listen((paths) => {
    // Most of what changes in a lab is the student's.
    const isLikely = paths.some((path) => !path.startsWith(folder) || path.endsWith('.ts'));
    if (isLikely && hasChanged(lab, before)) onChange();
  });
  return changes;
}

function hasChanged(lab: Lab, before: string): boolean {
  try {
    return readAll(lab) !== before;
  } catch (error) {
    // One goes away while they are read; what becomes of it will be told.
    if (isGone(error)) return false;
    throw error;
  }
}

function readAll(lab: Lab): string {
  const grader = surveyFolder(GRADER).filter(({ path }) => SOURCE.test(path));
  return fingerprinter()([...grader, ...listChecks(lab)]);
}

function listChecks(lab: Lab): readonly SurveyedFile[] {
  const files = surveyFolder(labFolder(lab.id));
  const checks = files.filter(({ path }) => CHECKS.test(path));
  const texts = checks.map(({ source }) => readFileSync(source, 'utf8'));
  const shared = files.filter(
    ({ path }) => SHARED.test(path) && texts.some((text) => text.includes(`/${path}'`)),
  );
  return [...checks, ...shared];
}
