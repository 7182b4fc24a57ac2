import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names of the packages that a package asks for, those of other systems included. */
export function readDependencies(folder: string): readonly string[] {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { dependencies, optionalDependencies } = JSON.parse(text) as Manifest;
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
