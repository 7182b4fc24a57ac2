import { MachineFault } from '../../model/errors.ts';
import { DockerFault, type Docker } from './run-docker.ts';
import { isOrphaned } from './run-owner.ts';

/** What containers and volumes of ours are labelled with: whose they are, and of which run. */
export const LABELS = { owner: 'wiregrade.owner', run: 'wiregrade.run' } as const;

/** How often it is looked whether all is gone; docker itself may be about to remove some of it. */
const MOST_ROUNDS = 200;

/** Removes all containers and volumes of a run. @throws MachineFault where that cannot be done */
export async function removeRun(docker: Docker, run: string): Promise<void> {
  const filter = `label=${LABELS.run}=${run}`;
  for (const kind of KINDS) {
    let left: readonly string[] = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      left = await listLines(docker, kind, { filter, format: kind.id });
      if (left.length === 0) break;
      await docker([...kind.remove, ...left]).catch(leaveToDocker);
    }
    if (left.length > 0) throw new MachineFault(`docker does not remove ${left.join(', ')}`);
  }
}

/** Removes what coordinators have left that were killed together with what watches over them. */
export async function removeOrphans(docker: Docker): Promise<void> {
  const filter = `label=${LABELS.owner}`;
  for (const kind of KINDS) {
    const format = `${kind.id} {{.Label "${LABELS.owner}"}}`;
    const left = (await listLines(docker, kind, { filter, format })).flatMap((line) => {
      const [id = '', owner = ''] = line.split(' ');
      return isOrphaned(owner) ? [id] : [];
    });
    if (left.length > 0) await docker([...kind.remove, ...left]).catch(leaveToDocker);
  }
}

interface Kind {
  readonly list: readonly string[];
  /** What it is removed by, as docker's `--format` has it. */
  readonly id: string;
  readonly remove: readonly string[];
}

/** Containers first: a volume that one of them uses is not removed. */
const KINDS: readonly Kind[] = [
  {
    list: ['ps', '--all', '--no-trunc'],
    id: '{{.ID}}',
    remove: ['rm', '--force', '--volumes'],
  },
  { list: ['volume', 'ls'], id: '{{.Name}}', remove: ['volume', 'rm', '--force'] },
];

async function listLines(
  docker: Docker,
  { list }: Kind,
  { filter, format }: { readonly filter: string; readonly format: string },
): Promise<readonly string[]> {
  const text = await docker([...list, '--filter', filter, '--format', format]);
  return text.split('\n').filter((line) => line !== '');
}

/** What is on its way out already, or still used by what is, is seen by the next look. */
function leaveToDocker(error: unknown): void {
  if (!(error instanceof DockerFault)) throw error;
}
