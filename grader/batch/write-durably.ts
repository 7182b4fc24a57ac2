import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainUnwritten } from './explain-unwritten.ts';
import { makeFolderDurably, syncFolder } from './sync-folder.ts';

/**
 * Writes a file so that, whatever happens to the machine, its place holds either what was there
 * before or all of this, and so that all of this is on the disk when it returns.
 *
 * @throws UsageError where the disk is full, or does not let it be written
 */
export function writeDurably(path: string, content: string): void {
  const beside = `${path}.tmp`;
  try {
    write(beside, content);
    renameSync(beside, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(beside, { force: true });
    throw explainUnwritten(path, error);
  }
}

function write(beside: string, content: string): void {
  makeFolderDurably(dirname(beside));
  const file = openSync(beside, 'w');
  try {
    const bytes = Buffer.from(content);
    for (let written = 0; written < bytes.byteLength;) {
      written += writeSync(file, bytes, written);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
