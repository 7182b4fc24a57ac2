import { closeSync, mkdtempSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Confined, Launch } from '../../run/confine.ts';
import { MARK } from '../../run/environment.ts';
import { linux } from '../../run/platform/linux.ts';
import type { Cell } from '../cell.ts';
import { environmentWithin } from '../environment-within.ts';
import { listFixed } from '../fixed-files.ts';
import { buildFilter } from '../seccomp/filter.ts';
import { STATUS, tellStatus } from '../tell-status.ts';
import { holdBwrap } from './hold-bwrap.ts';
import { innerCell, limitUse } from './inner.ts';
import { isOfSystem } from './system-folders.ts';
import { addAlternatives, makeEtc } from './synthetic-etc.ts';

/**
 * Makes ready what all cells of a worker share.
 *
 * @param folder in which a folder for that is made
 * @param bwrap bubblewrap's own path
 */
export function openBwrapCell({
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
    fixed: join(place, 'fixed'),
  };
  makeEtc(kit.etc);
  addAlternatives(kit.etc);
  writeFileSync(kit.filter, buildFilter(process.arch));
  return {
    rooms,
    confine: (launch) => confineLaunch(launch, kit),
    // What is in a cell has been killed with it: there is no family to look for.
    platform: { ...linux, findFamily: () => Promise.resolve([]) },
    endsWithGrader: true,
  };
}

interface Kit {
  readonly bwrap: string;
  readonly rooms: readonly string[];
  readonly etc: string;
  readonly filter: string;
  readonly arguments: string;
  readonly fixed: string;
}

/**
 * Which descriptor is which: those that are opened here, and those that bubblewrap writes to. From the
 * last one on are the fixed files.
 */
const [INFO, ARGUMENTS, FILTER, FIXED] = [3, 5, 6, 7];
/** Bubblewrap's own first process, and the shell. */
const OWN_PROCESSES = 2;

function confineLaunch(launch: Launch, kit: Kit): Confined {
  const { command, cwd, env, disk } = launch;
  const fixed = listFixed(disk);
  const cell = innerCell({
    etc: kit.etc,
    cwd,
    writes: disk ? [disk.copy] : [],
    fixed: fixed.map(({ path }, index) => ({ path, fd: FIXED + index })),
    reads: outsideSystem([process.execPath, ...(disk?.reads ?? [])]),
    environment: environmentWithin(env),
  });
  // Not on the command line: the program may read that of its cell's first process.
  const fd = {
    arguments: openOnce(kit.arguments, `${cell.join('\0')}\0`),
    filter: openSync(kit.filter, 'r'),
    fixed: fixed.map(({ bytes }) => openOnce(kit.fixed, bytes)),
  };
  const inherited = [fd.arguments, fd.filter, ...fd.fixed];
  return {
    command: [
      kit.bwrap,
      ...['--args', String(ARGUMENTS), '--info-fd', String(INFO), '--seccomp', String(FILTER)],
      ...limitUse(['sh', '-c', tellStatus(OWN_PROCESSES), 'sh', ...command]),
    ],
    cwd: '/',
    // By this a guardian finds the cell; nothing of our own environment goes in.
    env: { [MARK]: env[MARK] ?? '' },
    descriptors: ['pipe', 'pipe', ...inherited],
    release: () => {
      for (const each of inherited) closeSync(each);
    },
    hold: (started) =>
      holdBwrap(started, {
        info: started.stdio[INFO],
        status: started.stdio[STATUS],
        room: disk && kit.rooms.find((room) => disk.copy.startsWith(`${room}/`)),
      }),
  };
}

function outsideSystem(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((path) => !isOfSystem(path));
}

/** Opens a new file that has no name any more. */
function openOnce(path: string, content: string | Buffer): number {
  writeFileSync(path, content);
  const file = openSync(path, 'r');
  unlinkSync(path);
  return file;
}
