// Loaded into the grader's own process by `node --import`, so that the product needs no switch for
// it: prints the most memory that this process, without its children, ever held.
import { readFileSync, writeSync } from 'node:fs';

process.on('exit', () => {
  writeSync(2, `\npeak memory ${readPeak()} kB\n`);
});

/** Linux tells it of this process alone; elsewhere it may include the one that started it. */
function readPeak() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
}
