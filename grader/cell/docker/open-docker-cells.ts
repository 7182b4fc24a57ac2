import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARK } from '../../run/environment.ts';
import { startGuardian } from '../../run/guardian.ts';
import { ownerOfCells, type CellOptions, type Cells } from '../cells.ts';
import { buildProfile } from '../seccomp/docker-profile.ts';
import { chooseWorkspace } from '../workspace.ts';
import { openSlot, type OpenSlot } from './open-slot.ts';
import { removeOrphans, removeRun } from './remove-left.ts';
import { dockerOf } from './run-docker.ts';
import { watchContainers } from './watch-containers.ts';

/** Opens cells that are docker's containers. @throws UsageError where there is no place for them */
export async function openDockerCells(options: CellOptions): Promise<Cells> {
  const { image, project } = options;
  const folder = chooseWorkspace(options.temporary);
  const run = `wiregrade-${randomBytes(8).toString('hex')}.`;
  // By this a guardian finds docker's clients, which would go on without us.
  const environment = { ...options.environment, [MARK]: run };
  const docker = dockerOf(environment);
  await removeOrphans(docker);
  // First of all: there is no moment at which something would be left behind.
  const guardians = [watchContainers(run, options.environment), startGuardian(run, folder)];
  const profile = join(folder, 'profile.json');
  // Containers see parts of it, which docker mounts: on this machine it is for nobody else.
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(profile, JSON.stringify(buildProfile(process.arch)));
  const slots: OpenSlot[] = [];
  let closed: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    try {
      // First of all: what is started, or cannot be removed by itself, is removed with the run.
      await Promise.all(slots.map(({ refuse }) => refuse()));
      await removeRun(docker, run);
      await Promise.all(slots.map(({ close }) => close()));
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      for (const guardian of guardians) guardian.dismiss();
    }
  };
  return {
    ownerOf: ownerOfCells,
    prepare: async (cell, slot) => {
      const place = join(folder, String(slot));
      const opened = await openSlot(cell, {
        ...{ docker, environment, image, project, profile, run, slot, place },
      });
      slots.push(opened);
      return opened.start;
    },
    // Ctrl-C closes them, and so does whoever opened them.
    close: () => (closed ??= closeAll()),
  };
}
