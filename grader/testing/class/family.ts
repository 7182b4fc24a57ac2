import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process and all that it has started, in its own network or in others. */
export interface Family {
  /** Those of it that live, by their ids. */
  readonly living: () => readonly number[];
}

/** Notes who belongs to a process now. What they start later is told by the network that it is in. */
export function familyOf(head: number): Family {
  const all = listProcesses();
  const members = new Map<number, Process>();
  const take = (parent: number): void => {
    for (const each of all) {
      if (each.parent !== parent || members.has(each.pid)) continue;
      members.set(each.pid, each);
      take(each.pid);
    }
  };
  take(head);
  const own = networkOf('self');
  const networks = new Set([...members.keys()].map((pid) => networkOf(String(pid))));
  networks.delete(own);
  networks.delete('');
  return {
    living: () =>
      listProcesses()
        .filter(
          ({ pid, since }) =>
            members.get(pid)?.since === since || networks.has(networkOf(String(pid))),
        )
        .map(({ pid }) => pid),
  };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** When it was started: the same id may name another process later. */
  readonly since: string;
}

/** Processes that are dead and only not yet buried are left out. */
function listProcesses(): readonly Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z' || state === 'X') return [];
      return [{ pid: Number(name), parent: Number(parent), since: rest[17] ?? '' }];
    } catch {
      return []; // it has gone
    }
  });
}

function networkOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return ''; // it has gone, or is another user's
  }
}
