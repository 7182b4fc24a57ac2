import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { signalGroup } from '../../run/platform/unix.ts';
import {
  listProcessesOf,
  listProcessesOfUser,
  type ProgramIds,
} from '../../run/platform/linux-users.ts';

/** How long one attempt may take that the user's own processes may hinder. */
const ATTEMPT_MS = 1000;

/** How often it is tried to end a program without the others of its user. */
const MOST_ROUNDS = 100;

/** Kills every process of a user, and settles when none is left. */
export function endUser(uid: number): Promise<void> {
  return killUntilGone(
    () => listProcessesOfUser(uid),
    () => killAllAs(uid),
  );
}

/**
 * Kills every process of a program, and settles when none is left. One that starts new processes faster
 * than they are found is ended together with the others of its user, which are from the same hand.
 *
 * @param isAlone tells whether no other program is that user
 */
export function endProgram({ uid, gid }: ProgramIds, isAlone: () => boolean): Promise<void> {
  let rounds = 0;
  return killUntilGone(
    () => listProcessesOf([gid]),
    async () => {
      rounds += 1;
      if (isAlone() || rounds > MOST_ROUNDS) await killAllAs(uid);
    },
  );
}

async function killUntilGone(
  list: () => readonly number[],
  killMore: () => Promise<void>,
): Promise<void> {
  for (let left = list(); left.length > 0; left = list()) {
    for (const pid of left) await signalGroup(pid, 'SIGKILL');
    await killMore();
  }
}

/** All at once and by the system, so that no process can start another between two of our looks. */
async function killAllAs(uid: number): Promise<void> {
  const shell = spawn('/bin/sh', ['-c', 'kill -KILL -1'], {
    cwd: '/',
    env: {},
    stdio: 'ignore',
    timeout: ATTEMPT_MS,
    killSignal: 'SIGKILL',
    // Its other groups are given up with that.
    uid,
    gid: uid,
  });
  await once(shell, 'exit');
}
