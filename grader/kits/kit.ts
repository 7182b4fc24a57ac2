import { readFileSync, statSync } from 'node:fs';
import type { Lab } from '../lab/check.ts';
import type { Templates } from '../report/html/templates.ts';
import { listPackedFiles } from './packed-files.ts';
import type { KitFile } from './pack-zip.ts';

/** The Node.js that kits install: one that is supported for long, and that the grader runs on. */
export const NODE_MAJOR = 22;

/** What a kit is made of. */
export interface Kit {
  /** Relative to the archive, or where they are to lie if there is none. */
  readonly files: readonly KitFile[];
  /** The archive that they are packed into. */
  readonly archive?: string;
  /** What to do with it, in a line or a few. */
  readonly next: readonly string[];
}

interface KitOptions extends Pick<Templates, 'fill'> {
  /** Where its one file goes, or its first; each kit has a name of its own for it otherwise. */
  readonly out?: string;
}

/** Makes a kit of a lab, and writes nothing. */
export type MakeKit = (lab: Lab, options: KitOptions) => Kit;

/** A text of a kit's own. */
export function kitText(path: string, text: string): KitFile {
  return { path, bytes: Buffer.from(text), executable: text.startsWith('#!') };
}

/** The files by which a lab is graded elsewhere. */
export function packCourse(lab: Lab): readonly KitFile[] {
  return listPackedFiles(lab).map(({ path, source }) => ({
    path,
    bytes: readFileSync(source),
    executable: (statSync(source).mode & 0o100) !== 0,
  }));
}
