import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, FileGone, isGone, UsageError } from '../model/errors.ts';
import { whyUnwritable } from '../model/unwritable.ts';
import type { SurveyedFile } from './survey.ts';

/**
 * Chooses the folder of a grading, without making it.
 *
 * @param temporary the system's folder for temporary files
 * @throws UsageError where there is no such folder
 */
export function chooseWorkspace(temporary: string): string {
  // The real path: a program that compares its own path with it must find them the same.
  const real = explain(temporary, () => realpathSync(temporary));
  return join(real, `wiregrade-${randomBytes(6).toString('hex')}`);
}

/** The folder of one grading, in which each stage has a throwaway copy of its own. */
export class Workspace {
  readonly folder: string;
  /** Where programs keep their temporary files, so that these go as well. */
  readonly temporary: string;
  readonly #rooms: readonly string[];
  /** Which copy has which room. */
  readonly #taken = new Map<string, string>();

  /**
   * @param rooms file systems for copies, one for each, so that a program that fills its own takes
   *   no space from the others; empty where the copies may share the folder's
   * @throws UsageError where nothing can be written there
   */
  constructor(folder: string, rooms: readonly string[] = []) {
    this.folder = folder;
    this.#rooms = rooms;
    this.temporary = join(folder, 'tmp');
    explain(dirname(folder), () => {
      mkdirSync(folder, { mode: 0o700 });
      mkdirSync(this.temporary);
    });
  }

  /**
   * Makes a throwaway copy.
   *
   * @param name of its folder
   * @param files later ones replace earlier ones at the same path
   * @returns the copy's absolute path
   * @throws FileGone where one of the files is not there any more; UsageError where nothing can be
   *   written
   */
  copy(name: string, files: readonly SurveyedFile[]): string {
    const room = this.#roomFor(name);
    const target = join(room ?? this.folder, name);
    const made = new Set<string>();
    explain(this.folder, () => {
      // A stage that is graded a second time gets a fresh copy, and a room may have been another's.
      if (room === undefined) removeFolder(target);
      else emptyRoom(room);
      mkdirSync(target);
      for (const { source, path } of files) {
        const into = join(target, path);
        const parent = dirname(into);
        if (!made.has(parent)) mkdirSync(parent, { recursive: true });
        made.add(parent);
        copyFile(source, into);
      }
    });
    return target;
  }

  /** The room of a copy; undefined where it needs none. */
  #roomFor(name: string): string | undefined {
    if (this.#rooms.length === 0) return undefined;
    const taken = new Set(this.#taken.values());
    const room = this.#taken.get(name) ?? this.#rooms.find((each) => !taken.has(each));
    if (room === undefined) throw new Error(`there is no room left for the copy of ${name}`);
    this.#taken.set(name, room);
    return room;
  }

  /** Writes a file into a copy. @param path absolute */
  write(path: string, pieces: readonly Uint8Array[]): void {
    explain(this.folder, () => {
      mkdirSync(dirname(path), { recursive: true });
      const file = openSync(path, 'w');
      try {
        for (const piece of pieces) writeFileSync(file, piece);
      } finally {
        closeSync(file);
      }
    });
  }

  /** Removes all copies, those too that a program has locked up, and what else their rooms hold. */
  remove(): void {
    for (const room of this.#taken.values()) emptyRoom(room);
    removeFolder(this.folder);
  }
}

function copyFile(source: string, into: string): void {
  try {
    copyFileSync(source, into, constants.COPYFILE_FICLONE);
  } catch (error) {
    // The system names two paths, and does not say which of them is missing.
    if (isGone(error) && !existsSync(source)) throw new FileGone(source, { cause: error });
    throw error;
  }
}

/** Some programs can write beside their copy as well, and lock up the room itself. */
function emptyRoom(room: string): void {
  chmodSync(room, 0o755);
  for (const name of readdirSync(room)) removeFolder(join(room, name));
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes(errorCode(error))) throw error;
    unlock(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function unlock(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) unlock(join(folder, entry.name));
  }
}

/** Turns what a full or read-only disk throws into one sentence. */
function explain<Result>(folder: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    const reason = whyUnwritable(error);
    if (reason === undefined || error instanceof UsageError) throw error;
    const fix = 'set TMPDIR to a folder with room to write in';
    throw new UsageError(`cannot copy the submission into ${folder}: ${reason}; ${fix}.`, {
      cause: error,
    });
  }
}
