import { closeSync, mkdtempSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Confine, Confined, Launch } from '../run/confine.ts';
import { MARK } from '../run/environment.ts';
import type { Platform } from '../run/platform/platform.ts';
import { innerCell, limitUse } from './bwrap/inner.ts';
import { buildFilter } from './bwrap/seccomp/filter.ts';
import { isOfSystem } from './bwrap/system-folders.ts';
import { makeEtc } from './bwrap/synthetic-etc.ts';
import { holdCell } from './hold/hold-cell.ts';

/** What a grading needs so that its programs run in cells. */
export interface Cell {
  readonly confine: Confine;
  /** File systems of limited size for the throwaway copies, one a stage; none: there is no limit. */
  readonly rooms: readonly string[];
  /** How its processes are found, where not as anywhere on this system. */
  readonly platform?: Platform;
}

/**
 * Makes ready what all cells of a worker share.
 *
 * @param folder in which a folder for that is made
 * @param bwrap bubblewrap's own path
 */
export function openCell({
  folder,
  rooms,
  bwrap,
}: {
  readonly folder: string;
  readonly rooms: readonly string[];
  readonly bwrap: string;
}): Cell {
  const place = mkdtempSync(join(folder, 'cell-'));
  const kit: Kit = {
    bwrap,
    rooms,
    etc: join(place, 'etc'),
    filter: join(place, 'filter'),
    arguments: join(place, 'arguments'),
  };
  makeEtc(kit.etc);
  writeFileSync(kit.filter, buildFilter(process.arch));
  return { rooms, confine: (launch) => confineLaunch(launch, kit) };
}

interface Kit {
  readonly bwrap: string;
  readonly rooms: readonly string[];
  readonly etc: string;
  readonly filter: string;
  readonly arguments: string;
}

/** Which descriptor is which: those that are opened here, and those that bubblewrap writes to. */
const [INFO, STATUS, ARGUMENTS, FILTER] = [3, 4, 5, 6];

function confineLaunch(launch: Launch, kit: Kit): Confined {
  const { command, cwd, env, disk } = launch;
  const cell = innerCell({
    etc: kit.etc,
    cwd,
    writes: disk ? [disk.copy] : [],
    reads: [...(disk?.fixed ?? []), ...outsideSystem([process.execPath, ...(disk?.reads ?? [])])],
    environment: environmentWithin(env),
  });
  // Not on the command line: the program may read that of its cell's first process.
  const fd = {
    arguments: openOnce(kit.arguments, `${cell.join('\0')}\0`),
    filter: openSync(kit.filter, 'r'),
  };
  return {
    command: [
      kit.bwrap,
      ...['--args', String(ARGUMENTS), '--info-fd', String(INFO), '--seccomp', String(FILTER)],
      ...limitUse(['sh', '-c', TELL_STATUS, 'sh', ...command]),
    ],
    cwd: '/',
    // By this a guardian finds the cell; nothing of our own environment goes in.
    env: { [MARK]: env[MARK] ?? '' },
    descriptors: ['pipe', 'pipe', fd.arguments, fd.filter],
    release: () => {
      closeSync(fd.arguments);
      closeSync(fd.filter);
    },
    hold: (started) =>
      holdCell(started, {
        info: started.stdio[INFO],
        status: started.stdio[STATUS],
        room: disk && kit.rooms.find((room) => disk.copy.startsWith(`${room}/`)),
      }),
  };
}

/**
 * Tells by a descriptor when the program begins and how its first process ended, and stays as long
 * as others live: a cell ends with the process that it was made for. The program inherits neither
 * the descriptor, nor what a shell says of a child that a signal ended.
 */
const TELL_STATUS = `exec 5>&2 2>/dev/null
echo begun >&${String(STATUS)}
(unset PWD OLDPWD SHLVL; exec "$@" 2>&5 ${String(STATUS)}>&- 5>&-)
echo $? >&${String(STATUS)}
while set -- /proc/[0-9]*; [ $# -gt 2 ]; do sleep 0.05; done`;

/** What every program has, whoever runs it where; homes and folders of the machine say nothing here. */
const REPLACED = [MARK, 'PATH', 'HOME', 'TZ', 'TMPDIR', 'TEMP', 'TMP'];

function environmentWithin(env: Launch['env']): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !REPLACED.includes(name));
  return {
    ...Object.fromEntries(kept),
    PATH: `/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}`,
    HOME: '/tmp',
    TMPDIR: '/tmp',
  };
}

function outsideSystem(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((path) => !isOfSystem(path));
}

/** Opens a new file that has no name any more. */
function openOnce(path: string, text: string): number {
  writeFileSync(path, text);
  const file = openSync(path, 'r');
  unlinkSync(path);
  return file;
}
