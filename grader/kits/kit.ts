import { readFileSync, statSync } from 'node:fs';
import type { Lab } from '../lab/check.ts';
import type { Templates } from '../report/html/templates.ts';
import { listPackedFiles } from './packed-files.ts';
import type { KitFile } from './pack-zip.ts';

/** The Node.js that kits install: one that is supported for long, and that the grader runs on. */
export const NODE_MAJOR = 22;

/** What a kit is made of. */
export interface Kit {
  readonly files: readonly KitFile[];
  /** Its file where none is named; an archive where it ends so. */
  readonly name: string;
  /** What to do with it, in a line or a few. */
  readonly next: readonly string[];
}

export type MakeKit = (lab: Lab, templates: Pick<Templates, 'fill'>) => Kit;

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
