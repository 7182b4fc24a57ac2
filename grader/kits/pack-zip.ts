import type { Zippable } from 'fflate';

/** A file of a kit. */
export interface KitFile {
  /** In an archive: relative, with `/` between names. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** Nothing is older, in a zip. By the local clock, as zips have it. */
const LONG_AGO = new Date(1980, 0, 1);
const UNIX = 3;
const REGULAR_FILE = 0o100000;

/** Packs files. The same files make the same bytes, whatever the machine, the day, and their order. */
export async function packZip(files: readonly KitFile[]): Promise<Uint8Array> {
  const { zipSync } = await import('fflate');
  const sorted = [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
  const entries: Zippable = {};
  for (const { path, bytes, executable } of sorted) {
    const mode = REGULAR_FILE | (executable ? 0o755 : 0o644);
    entries[path] = [bytes, { os: UNIX, attrs: mode * 2 ** 16, mtime: LONG_AGO, level: 9 }];
  }
  return zipSync(entries);
}
