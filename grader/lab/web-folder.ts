import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file or a folder in the folder that a program serves. */
export interface WebEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** The folder that a program serves, as it is on disk in the submission's copy. */
export class WebFolder {
  readonly #root: string;

  /** @param root its absolute path */
  constructor(root: string) {
    this.#root = root;
  }

  /** What lies in a folder, without dotfiles. @param path relative, empty for the top */
  entries(path = ''): WebEntry[] {
    return readdirSync(join(this.#root, path), { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .map(({ name }) => ({ name, kind: this.#isFolder(join(path, name)) ? 'folder' : 'file' }));
  }

  read(path: string): Buffer {
    return readFileSync(join(this.#root, path));
  }

  /** All files, by their paths with `/` between names. @param path where to begin, for the top `''` */
  files(path = ''): string[] {
    return this.entries(path).flatMap(({ name, kind }) => {
      const below = path === '' ? name : `${path}/${name}`;
      return kind === 'folder' ? this.files(below) : [below];
    });
  }

  /** All folders, by their paths with `/` between names. */
  folders(path = ''): string[] {
    return this.entries(path).flatMap(({ name, kind }) => {
      const below = path === '' ? name : `${path}/${name}`;
      return kind === 'folder' ? [below, ...this.folders(below)] : [];
    });
  }

  #isFolder(path: string): boolean {
    return statSync(join(this.#root, path)).isDirectory();
  }
}
