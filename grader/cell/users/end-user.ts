import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { signalGroup } from '../../run/platform/unix.ts';
import { listProcessesOf } from '../../run/platform/linux-users.ts';

/** How long one attempt may take that the user's own processes may hinder. */
const ATTEMPT_MS = 1000;

/** Kills every process of a user, and settles when none is left. */
export async function endUser(uid: number): Promise<void> {
  for (let left = listProcessesOf([uid]); left.length > 0; left = listProcessesOf([uid])) {
    for (const pid of left) await signalGroup(pid, 'SIGKILL');
    await killAllAs(uid);
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
