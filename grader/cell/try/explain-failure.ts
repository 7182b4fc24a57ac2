/** What this machine says about cells that did not start. */
export interface Findings {
  /** What was printed by the attempt. */
  readonly words: string;
  /** The settings of the kernel that keep cells from starting, as `/proc/sys` has them. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Settings that keep ordinary users from making namespaces: where, and what lets them. */
export const SETTINGS = [
  { name: 'kernel.apparmor_restrict_unprivileged_userns', bad: '1', good: '0' },
  { name: 'kernel.unprivileged_userns_clone', bad: '0', good: '1' },
  { name: 'user.max_user_namespaces', bad: '0', good: '20000' },
] as const;

/** Says in one sentence why no cell starts here, and what to do. */
export function explainFailure({ words, settings }: Findings): string {
  const told = words.trim().split('\n').at(-1) ?? '';
  if (words.includes('Unknown option')) return `${TOO_OLD} (it says: ${told}).`;
  for (const { name, bad, good } of SETTINGS) {
    if (settings.get(name) === bad && DENIED.test(words)) {
      return `this system keeps ordinary users from making cells (${name} is ${bad}); run: sudo sysctl -w ${name}=${good}.`;
    }
  }
  if (/mount proc|mounting proc/i.test(words)) {
    return `no /proc can be made for a cell, as in a container whose /proc is masked; start that container with --security-opt systempaths=unconfined, or run on the machine itself (it says: ${told}).`;
  }
  if (DENIED.test(words)) {
    return `no namespaces can be made here, as in a container that forbids it; start that container with --security-opt seccomp=unconfined, or run on the machine itself (it says: ${told}).`;
  }
  return `a cell did not start (it says: ${told === '' ? 'nothing' : told}); choose another --sandbox, or mend that.`;
}

export const TOO_OLD = 'bubblewrap is too old for cells, which need 0.8.0; install a newer one';

const DENIED =
  /uid map|new namespace|No permissions|Operation not permitted|RTM_NEWADDR|No space left on device/i;
