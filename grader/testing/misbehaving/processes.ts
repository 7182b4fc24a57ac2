import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The living processes in whose environment or working directory these words stand, by their ids. */
export function findProcesses(...words: readonly string[]): number[] {
  const environments = existsSync('/proc/self/environ') ? readProc() : askPs();
  return environments
    .filter(([, environment]) => words.every((word) => environment.includes(word)))
    .map(([pid]) => pid);
}

type Environment = readonly [pid: number, text: string];

/** A process that is dead and only not yet buried has neither. */
function readProc(): Environment[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1');
      return [[Number(name), `${environment}\0${readlinkSync(`/proc/${name}/cwd`)}`] as const];
    } catch {
      return []; // it has gone, or is another user's
    }
  });
}

function askPs(): Environment[] {
  return execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => [Number.parseInt(row, 10), row] as const);
}
