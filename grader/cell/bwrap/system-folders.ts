import { lstatSync, readlinkSync } from 'node:fs';

/** Where a Linux system keeps its programs and libraries, besides /usr. */
const BESIDE_USR = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];
/** Packages that were installed for everyone: a submission may not lean on them. */
const PACKAGES = ['/usr/lib/node_modules', '/usr/local/lib/node_modules'];

/** The arguments by which a cell gets this machine's programs and libraries, read-only. */
export function bindSystem(): readonly string[] {
  return [
    ...['--ro-bind', '/usr', '/usr'],
    ...PACKAGES.filter(exists).flatMap((folder) => ['--tmpfs', folder, '--remount-ro', folder]),
    ...BESIDE_USR.flatMap((name) => bindOrLink(`/${name}`)),
  ];
}

/** On most systems these are links into /usr by now. */
function bindOrLink(path: string): string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) return ['--symlink', readlinkSync(path), path];
  return stats ? ['--ro-bind', path, path] : [];
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether a path lies where every cell has this machine's own files. */
export function isOfSystem(path: string): boolean {
  return ['usr', ...BESIDE_USR].some((name) => path.startsWith(`/${name}/`));
}
