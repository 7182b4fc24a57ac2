import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode, UngradableWork } from '../model/errors.ts';
import { DEEPEST, LEFT_OUT, MOST_BYTES, MOST_FILES } from './submission-limits.ts';

/** A file to be copied: where it is, and its path in the copy with `/` between names. */
export interface SurveyedFile {
  readonly source: string;
  readonly path: string;
}

/**
 * Lists the files of a folder. Links are seen through; what is neither a file nor a folder is left
 * out, and so is what cannot be read.
 *
 * @throws UngradableWork where the folder holds far more than a submission does
 */
export function surveyFolder(folder: string, prefix = ''): SurveyedFile[] {
  const files: SurveyedFile[] = [];
  let bytes = 0;
  const visit = (path: string, into: string, above: readonly string[]): void => {
    const stats = statOf(path);
    if (stats?.isFile() && isReadable(path)) {
      files.push({ source: path, path: into });
      bytes += stats.size;
    }
    if (files.length > MOST_FILES || bytes > MOST_BYTES) throw tooLarge(folder);
    if (!stats?.isDirectory() || above.length > DEEPEST) return;
    const real = realpathSync(path);
    if (above.includes(real)) return; // a link that leads back up
    for (const name of namesIn(path)) {
      visit(join(path, name), into === '' ? name : `${into}/${name}`, [...above, real]);
    }
  };
  visit(folder, prefix, []);
  return files;
}

function namesIn(path: string): string[] {
  const names = unlessClosed(() => readdirSync(path)) ?? [];
  return names.filter((name) => !LEFT_OUT.has(name));
}

function statOf(path: string): Stats | undefined {
  const options = { throwIfNoEntry: false } as const;
  return unlessClosed(() => {
    const stats = lstatSync(path, options);
    return stats?.isSymbolicLink() ? statSync(path, options) : stats;
  });
}

/** Found out by opening it: what a mode allows depends on whose the file is. */
function isReadable(path: string): boolean {
  const file = unlessClosed(() => openSync(path, 'r'));
  if (file !== undefined) closeSync(file);
  return file !== undefined;
}

/** Undefined for what may not be entered or read, and for a link that leads nowhere but to itself. */
function unlessClosed<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (['EACCES', 'ELOOP'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

function tooLarge(folder: string): UngradableWork {
  return new UngradableWork(
    `${folder} holds more than ${String(MOST_FILES)} files or 96 MiB, so it is no submission; name the folder of the lab itself by --from.`,
  );
}
