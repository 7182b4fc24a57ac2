import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readDependencies } from './parse-package.ts';

/**
 * Finds tsx, the loader by which students run their programs themselves: its address, and the
 * folders of all packages that it is made of.
 */
export function findLoader(): { readonly url: string; readonly folders: readonly string[] } {
  const { resolve } = createRequire(import.meta.url);
  const entry = resolve('tsx');
  const folders = new Set<string>();
  const visit = (folder: string): void => {
    if (folders.has(folder)) return;
    folders.add(folder);
    for (const name of readDependencies(folder)) {
      const found = findPackage(name, folder);
      if (found !== undefined) visit(found);
    }
  };
  visit(packageFolder(entry));
  return { url: pathToFileURL(entry).href, folders: [...folders] };
}

/** The folder of the package that a file belongs to. */
function packageFolder(file: string): string {
  const folder = dirname(file);
  return existsSync(join(folder, 'package.json')) ? folder : packageFolder(folder);
}

/** Where a package that another one asks for is installed; undefined for one of another system. */
function findPackage(name: string, from: string): string | undefined {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  return paths.map((path) => join(path, name)).find((path) => existsSync(path));
}
