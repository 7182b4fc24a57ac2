import { MachineFault } from '../../model/errors.ts';
import { DockerFault, type Docker } from './run-docker.ts';
import { isOrphaned } from './run-owner.ts';

/** What containers and volumes of ours are labelled with: whose they are, and of which run. */
export const LABELS = { owner: 'wiregrade.owner', run: 'wiregrade.run' } as const;

/** How often it is looked whether all is gone; docker itself may be about to remove some of it. */
const MOST_ROUNDS = 200;

/** Removes all containers and volumes of a run. @throws MachineFault where that cannot be done */
export async function removeRun(docker: Docker, run: string): Promise<void> {
  const filter = ['--filter', `label=${LABELS.run}=${run}`];
  for (const { list, remove } of KINDS) {
    let left: readonly string[] = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      left = readWords(await docker([...list, ...filter]));
      if (left.length === 0) break;
      await docker([...remove, ...left]).catch(leaveToDocker);
    }
    if (left.length > 0) throw new MachineFault(`docker does not remove ${left.join(', ')}`);
  }
}

/** Removes what coordinators have left that were killed together with what watches over them. */
export async function removeOrphans(docker: Docker): Promise<void> {
  const owner = ['--filter', `label=${LABELS.owner}`, '--format', `{{.ID}} ${labelOf('owner')}`];
  const containers = readWords(await docker(['ps', '--all', ...owner]), '\n');
  const volumes = readWords(
    await docker(['volume', 'ls', ...owner.slice(0, 3), `{{.Name}} ${labelOf('owner')}`]),
    '\n',
  );
  const [first, second] = [containers, volumes].map((lines) =>
    lines.flatMap((line) => {
      const [id = '', name = ''] = line.split(' ');
      return isOrphaned(name) ? [id] : [];
    }),
  );
  for (const [index, left] of [first ?? [], second ?? []].entries()) {
    const kind = KINDS[index];
    if (kind && left.length > 0) await docker([...kind.remove, ...left]).catch(leaveToDocker);
  }
}

const KINDS = [
  { list: ['ps', '--all', '--quiet', '--no-trunc'], remove: ['rm', '--force', '--volumes'] },
  { list: ['volume', 'ls', '--quiet'], remove: ['volume', 'rm', '--force'] },
] as const;

function labelOf(name: keyof typeof LABELS): string {
  return `{{.Label "${LABELS[name]}"}}`;
}

function readWords(text: string, separator: RegExp | string = /\s+/): string[] {
  return text.split(separator).filter((word) => word !== '');
}

/** What is on its way out already, or still used by what is, is seen by the next look. */
function leaveToDocker(error: unknown): void {
  if (!(error instanceof DockerFault)) throw error;
}
