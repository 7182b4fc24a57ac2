import { readFileSync, readlinkSync } from 'node:fs';
import { beganAt } from '../hold/cell-processes.ts';

/** Names this process so that no other is ever named alike: containers of it carry that name. */
export function nameThisProcess(): string {
  return [...nameSurroundings(), String(process.pid), beganAt(process.pid)].join('/');
}

/**
 * Whether what carries the name can be done away with: its process is gone. Of other users, and of
 * processes that are out of sight, nothing is known.
 */
export function isOrphaned(name: string): boolean {
  const [user, boot, namespace, pid, began] = name.split('/');
  const here = nameSurroundings();
  if (user !== here[0]) return false;
  if (boot !== here[1]) return true;
  return namespace === here[2] && beganAt(Number(pid)) !== began;
}

function nameSurroundings(): readonly string[] {
  return [
    String(process.getuid?.() ?? 0),
    readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(),
    readlinkSync('/proc/self/ns/pid'),
  ];
}
