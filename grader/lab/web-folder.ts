/** A file or a folder in the folder that a program serves. */
export interface WebEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Files by their paths, with `/` between names; each is read when it is asked for. */
export type GivenFiles = ReadonlyMap<string, () => Buffer>;

/**
 * The folder that a program serves, as it was given to the program. What the program does to its own
 * copy changes nothing here.
 */
export class WebFolder {
  readonly #files: GivenFiles;

  /** @param files by their paths below the folder; those whose name begins with a dot are left out */
  constructor(files: GivenFiles) {
    this.#files = new Map([...files].filter(([path]) => !/(?:^|\/)\./.test(path)));
  }

  /** What lies in a folder. @param folder its path, empty for the top */
  entries(folder = ''): WebEntry[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    const below = this.files(folder).map((path) => path.slice(prefix.length).split('/'));
    const entries = below.map(([name = '', ...rest]): [string, WebEntry] => [
      name,
      { name, kind: rest.length > 0 ? 'folder' : 'file' },
    ]);
    return [...new Map(entries).values()];
  }

  /** @throws Error where there is no such file */
  read(path: string): Buffer {
    const file = this.#files.get(path);
    if (!file) throw new Error(`there is no file ${path} in the web folder`);
    return file();
  }

  /** The files of a folder and of those below it, by their paths. @param folder empty for the top */
  files(folder = ''): string[] {
    return [...this.#files.keys()].filter((path) => folder === '' || path.startsWith(`${folder}/`));
  }

  /** All folders, by their paths. */
  folders(): string[] {
    const folders = this.files().flatMap((path) => {
      const names = path.split('/').slice(0, -1);
      return names.map((_, index) => names.slice(0, index + 1).join('/'));
    });
    return [...new Set(folders)];
  }
}

/** The files below a folder, by their paths in it. @param prefix the folder, with its slash */
export function below(prefix: string, files: GivenFiles): GivenFiles {
  return new Map(
    [...files]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, read]) => [path.slice(prefix.length), read]),
  );
}
