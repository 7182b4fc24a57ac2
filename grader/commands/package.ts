import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadLab } from '../course/load-lab.ts';
import { TEMPLATES } from '../course/templates.ts';
import type { Kit } from '../kits/kit.ts';
import { KITS } from '../kits/kits.ts';
import { packZip } from '../kits/pack-zip.ts';
import { UsageError } from '../model/errors.ts';
import type { Console, ExitCode } from './console.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** The options of `package`, as they are typed. */
export interface PackageOptions {
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes what grades a lab elsewhere: an archive to upload, or files to commit. */
export async function packageCommand(
  { kit: name, lab: id }: { readonly kit: string; readonly lab: string },
  { out, force }: PackageOptions,
  console: Console,
): Promise<ExitCode> {
  const make = Object.hasOwn(KITS, name) ? KITS[name] : undefined;
  if (make === undefined) {
    throw new UsageError(`there is no kit "${name}"; there are ${Object.keys(KITS).join(', ')}.`);
  }
  const kit = make(await loadLab(id), TEMPLATES);
  const files = await placeFiles(kit, out ?? kit.name);
  for (const { path } of files) {
    if (force !== true) refuseToReplace(path);
    refuseUnwritable(path);
  }
  for (const { path, bytes } of files) {
    writeWhole(path, bytes);
    console.out(`wrote ${path}\n`);
  }
  console.out(kit.next.map((line) => `next   ${line}\n`).join(''));
  return 0;
}

/** An archive is one file; what is none lies where its first file does. */
async function placeFiles(
  { files, name }: Kit,
  out: string,
): Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]> {
  if (name.endsWith('.zip')) return [{ path: out, bytes: await packZip(files) }];
  return files.map(({ path, bytes }) => ({
    path: join(dirname(out), `${basename(out)}${path.slice(name.length)}`),
    bytes,
  }));
}

function refuseToReplace(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new UsageError(
    `${path} is there already; name another file by --out, or replace it by --force.`,
  );
}
