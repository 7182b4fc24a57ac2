import { existsSync, readFileSync } from 'node:fs';

/** How much the machine's processors have done since it was started, in milliseconds; Linux tells. */
export function readMachineCpu(): number | undefined {
  if (!existsSync('/proc/stat')) return undefined;
  const [first = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
  // user, nice, system, idle, iowait, irq, softirq; in hundredths of a second.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = first
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return 10 * (user + nice + system + irq + softirq);
}
