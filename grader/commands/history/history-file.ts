import { accessSync, constants, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, UsageError } from '../../model/errors.ts';
import { writeWhole } from '../write-whole.ts';
import { parseRecord } from './parse-record.ts';
import type { RunRecord } from './run-record.ts';

/** Runs that are kept; a run of all of week02 takes two thousand bytes. */
const MOST_RECORDS = 50;
/** A file that is larger was not written by us. */
const MOST_BYTES = 1_000_000;

/** Reads the runs that are kept, the latest last; none where the file cannot be read. */
export function readHistory(file: string): readonly RunRecord[] {
  return unlessTheDiskForbids([], () => {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > MOST_BYTES) return [];
    return readFileSync(file, 'utf8').split('\n').flatMap(parseRecord);
  });
}

/**
 * Adds a run, and lets go of the oldest. What another grader has added in the meantime is kept; of two
 * that write in the same moment one is lost, and neither is damaged.
 */
export function addToHistory(file: string, record: RunRecord): void {
  unlessTheDiskForbids(undefined, () => {
    if (isTaken(file)) return;
    mkdirSync(dirname(file), { recursive: true });
    const records = [...readHistory(file), record].slice(-MOST_RECORDS);
    writeWhole(file, records.map((each) => `${JSON.stringify(each)}\n`).join(''));
  });
}

/** Whether runs can be added at all. */
export function mayAddTo(file: string): boolean {
  const folder = dirname(file);
  return unlessTheDiskForbids(false, () => {
    if (isTaken(file)) return false;
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK);
    return true;
  });
}

/** A link that came with a repository would lead us to write over whatever it names. */
function isTaken(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === false;
}

/** A history is good to have, and no grading fails for the want of it. */
function unlessTheDiskForbids<Value>(otherwise: Value, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    if (error instanceof UsageError || errorCode(error) !== '') return otherwise;
    throw error;
  }
}
