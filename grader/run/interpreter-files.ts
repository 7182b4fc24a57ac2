import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Language } from './runtimes.ts';

/**
 * What an interpreter needs of the disk, wherever it was installed: itself and its libraries, which
 * are in the `lib` beside its `bin`. Node is a single file; what lies beside it are packages that a
 * program may not lean on.
 *
 * @param command absolute, as it is started
 */
export function listInterpreterFiles(command: string, language: Language): readonly string[] {
  const real = realpathSync(command);
  const folder = dirname(real);
  const isNode = language === 'typescript' || language === 'javascript';
  if (isNode || basename(folder) !== 'bin') return [...new Set([command, real])];
  const libraries = ['lib', 'lib64'].map((name) => join(dirname(folder), name));
  return [...new Set([command, real]), ...libraries.filter((path) => existsSync(path))];
}
