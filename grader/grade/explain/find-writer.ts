import { createHash } from 'node:crypto';
import type { Note } from '../../run/trace/parse-notes.ts';

type Write = Extract<Note, { kind: 'wrote' }>;

/**
 * Finds the write that sent a byte. A program may note what it likes: a connection's writes count as
 * far as they are, one behind the other, just the bytes that came.
 *
 * @param offset of the byte; where none came there, the write before it is meant
 * @returns the calls that led to the write; undefined where no notes fit
 */
export function findWriter(
  notes: readonly Note[],
  received: Buffer,
  offset: number,
): readonly string[] | undefined {
  const at = Math.min(offset, received.byteLength - 1);
  const writes = notes.filter(isWrite);
  for (const connection of new Set(writes.map((write) => write.connection))) {
    const own = writes.filter((write) => write.connection === connection);
    const writer = findIn(own, received, at);
    if (writer) return writer.frames;
  }
  return undefined;
}

function findIn(writes: readonly Write[], received: Buffer, at: number): Write | undefined {
  let start = 0;
  for (const write of writes) {
    const bytes = received.subarray(start, start + write.size);
    if (createHash('sha256').update(bytes).digest('hex') !== write.digest) return undefined;
    start += write.size;
    if (at < start) return write;
  }
  return undefined;
}

function isWrite(note: Note): note is Write {
  return note.kind === 'wrote';
}
