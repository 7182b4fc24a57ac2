import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
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
    if (stats?.isFile() && isReadable(stats)) {
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
  try {
    return readdirSync(path).filter((name) => !LEFT_OUT.has(name));
  } catch (error) {
    if (errorCode(error) === 'EACCES') return [];
    throw error;
  }
}

function statOf(path: string): Stats | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isSymbolicLink()) return stats;
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ELOOP') return undefined;
    throw error;
  }
}

function isReadable({ mode }: Stats): boolean {
  return process.platform === 'win32' || (mode & 0o444) !== 0;
}

function tooLarge(folder: string): UngradableWork {
  return new UngradableWork(
    `${folder} holds more than ${String(MOST_FILES)} files or 96 MiB, so it is no submission; name the folder of the lab itself by --from.`,
  );
}
