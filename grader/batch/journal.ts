import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { explainUnwritten } from './explain-unwritten.ts';
import { parseJournalLine, type JournalEntry } from './parse-journal.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * The notes of a batch. An entry is on the disk before `note` returns, so that a run goes on from it
 * whatever happened to the machine.
 */
export class Journal {
  readonly #path: string;
  readonly #file: number;
  /** What was noted before. */
  readonly entries: readonly JournalEntry[];

  /** Opens the journal of a batch, or begins it. A line that was cut off is dropped. */
  constructor(path: string) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    this.entries = whole.split('\n').slice(0, -1).flatMap(parseJournalLine);
    this.#file = openSync(path, 'a');
    syncFolder(dirname(path));
  }

  /** @throws UsageError where the disk is full; nothing of the entry is there then */
  note(entry: JournalEntry): void {
    const { size } = fstatSync(this.#file);
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      for (let written = 0; written < line.byteLength;) {
        written += writeSync(this.#file, line, written);
      }
      fsyncSync(this.#file);
    } catch (error) {
      // Others may still have something to note, which half a line would spoil.
      ftruncateSync(this.#file, size);
      throw explainUnwritten(this.#path, error);
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

/**
 * Who needs not be graded anew once more: the last runs were stopped, each was asked to grade the
 * same students anew, and these were done by then.
 */
export function doneUntilStop(
  entries: readonly JournalEntry[],
  again: readonly string[],
): ReadonlySet<string> {
  const done = new Set<string>();
  let recorded: string[] = [];
  for (const entry of entries.toReversed()) {
    switch (entry.event) {
      case 'finished':
        return done;
      case 'recorded':
        recorded.push(entry.id);
        break;
      case 'began':
        if (entry.again?.join() !== again.join()) return done;
        for (const id of recorded) done.add(id);
        recorded = [];
    }
  }
  return done;
}

/** Whether the last run of a batch came to its end. */
export function cameToItsEnd(entries: readonly JournalEntry[]): boolean {
  return entries.length === 0 || entries.at(-1)?.event === 'finished';
}
