import { DEEPEST, MOST_BYTES, MOST_FILES } from '../../cell/submission-limits.ts';
import { quote } from '../roster/faults.ts';
import { LONGEST_NAME, LONGEST_PATH } from './limits.ts';
import { WorkRefused } from './work-refused.ts';

/** A file of a submission, and how to get at its bytes. */
export interface WorkFile<Source> {
  /** Within the lab's folder, with `/` between names. */
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
  readonly source: Source;
}

/** Collects what is to be staged, and throws WorkRefused at the first thing that may not be. */
export class WorkList<Source> {
  readonly files: WorkFile<Source>[] = [];
  #bytes = 0;
  readonly #taken = new Map<string, { readonly path: string; readonly isFile: boolean }>();

  add(file: WorkFile<Source>): void {
    const names = file.path.split('/');
    if (Buffer.byteLength(file.path) > LONGEST_PATH || names.length > DEEPEST) {
      throw new WorkRefused(`${quote(file.path)} is too long a path or too deep; move it up`);
    }
    for (const name of names) refuseName(name, file.path);
    for (const place of names.keys()) {
      this.#claim(names.slice(0, place + 1).join('/'), place === names.length - 1);
    }
    this.#bytes += file.size;
    if (this.files.length >= MOST_FILES || this.#bytes > MOST_BYTES) {
      throw new WorkRefused(
        `it holds more than ${String(MOST_FILES)} files or ${String(MOST_BYTES / 1024 / 1024)} MiB; take out what the lab does not need`,
      );
    }
    this.files.push(file);
  }

  /** Two names that are one on some computers would overwrite each other there. */
  #claim(path: string, isFile: boolean): void {
    const folded = path.normalize('NFC').toLowerCase().normalize('NFC');
    const there = this.#taken.get(folded);
    this.#taken.set(folded, there ?? { path, isFile });
    if (!there || (there.path === path && !there.isFile && !isFile)) return;
    throw new WorkRefused(
      `${quote(there.path)} and ${quote(path)} are one name on some computers; rename one`,
    );
  }
}

/** Refuses a name that could lead elsewhere, be taken for an option, or deceive a reader. */
function refuseName(name: string, path: string): void {
  const reason = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  const tooLong = Buffer.byteLength(name) > LONGEST_NAME;
  if (reason === undefined && !isGitFolder(name) && !tooLong) return;
  const text = reason ?? (tooLong ? 'is too long a name' : 'is a name that git keeps for itself');
  throw new WorkRefused(
    `${quote(name)} ${text}${name === path ? '' : ` (in ${quote(path)})`}; rename it`,
  );
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^\.{0,2}$/, 'is no name of a file'],
  [/[\r\n]/, 'holds a line break'],
  [/\p{Cc}/u, 'holds a control character'],
  [/^-/, 'begins with a dash'],
  [/[/\\]/, 'holds a slash'],
];

/** `.git` as any computer would read it: in any case, with ignored characters, or shortened. */
function isGitFolder(name: string): boolean {
  const plain = name
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/[. ]+$|:.*$/g, '')
    .toLowerCase();
  return plain === '.git' || plain === 'git~1';
}
