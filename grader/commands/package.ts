import { lstatSync } from 'node:fs';
import { loadLab } from '../course/load-lab.ts';
import { TEMPLATES } from '../course/templates.ts';
import type { Kit } from '../kits/kit.ts';
import { KITS } from '../kits/kits.ts';
import { packZip, type KitFile } from '../kits/pack-zip.ts';
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
  const load = Object.hasOwn(KITS, name) ? KITS[name] : undefined;
  if (load === undefined) {
    throw new UsageError(`there is no kit "${name}"; there are ${Object.keys(KITS).join(', ')}.`);
  }
  const make = await load();
  const kit = make(await loadLab(id), { fill: TEMPLATES.fill, ...(out !== undefined && { out }) });
  const files = await placeFiles(kit);
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

async function placeFiles({
  files,
  archive,
}: Kit): Promise<readonly Pick<KitFile, 'path' | 'bytes'>[]> {
  return archive === undefined ? files : [{ path: archive, bytes: await packZip(files) }];
}

function refuseToReplace(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new UsageError(
    `${path} is there already; name another file by --out, or replace it by --force.`,
  );
}
