import { errorCode } from '../../model/errors.ts';
import {
  isAlive as isAliveAt,
  linkOf,
  listNames,
  readOrEmpty,
  statOf,
} from '../../run/platform/read-proc.ts';

/** A cell's first process, by its number in our own namespace, and the namespace of its processes. */
export interface FirstProcess {
  readonly pid: number;
  /** As `/proc/PID/ns/pid` names it. */
  readonly namespace: string;
  /** Whether it is the shell that starts the program; else that is its first child. */
  readonly isShell: boolean;
}

/** The processes of a cell, as seen from outside. */
export class CellProcesses {
  readonly #first: number;
  readonly #namespace: string;
  /** The shell that starts the program and waits for it. */
  readonly #shell: number;
  #leader = 0;
  #hasEnded = false;

  /** To be made when the shell has begun, and has not been left alone with the program for long. */
  constructor({ pid, namespace, isShell }: FirstProcess) {
    this.#first = pid;
    this.#namespace = namespace;
    this.#shell = isShell ? pid : (childrenOf(pid)[0] ?? 0);
  }

  /** The cell's own /proc, seen from outside. */
  get proc(): string {
    return `/proc/${String(this.#first)}/root/proc`;
  }

  /** The root of the cell's file system, seen from outside. */
  get root(): string {
    return `/proc/${String(this.#first)}/root`;
  }

  /** The first process of the program has ended; what the shell starts from now on is its own. */
  noteEnded(): void {
    this.#hasEnded = true;
  }

  /** The first process of the program; 0 where it has not begun, or has ended. */
  leader(): number {
    if (this.#hasEnded) return 0;
    if (this.#leader === 0) this.#leader = childrenOf(this.#shell)[0] ?? 0;
    return this.#leader;
  }

  /** The living processes of the program. */
  living(): readonly number[] {
    // The first process, the shell, and the program: nearly always there is no other to look for.
    const inside = listProcesses(this.proc);
    const own = new Set([this.#first, this.#shell]);
    if (inside.length <= own.size) return [];
    const leader = this.leader();
    if (inside.length === own.size + 1 && leader !== 0) return isAlive(leader) ? [leader] : [];
    return listProcesses('/proc').filter(
      (pid) =>
        linkOf(`/proc/${String(pid)}/ns/pid`) === this.#namespace &&
        !own.has(pid) &&
        isAlive(pid) &&
        (pid === leader || parentOf(pid) !== this.#shell),
    );
  }

  signal(signal: NodeJS.Signals): void {
    for (const pid of this.living()) send(pid, signal);
  }

  /** Kills all of them: none outlives the first process of its namespace. */
  kill(): void {
    if (!this.#isGone()) send(this.#first, 'SIGKILL');
  }

  /** Waits until none is left, once they have been killed. Bubblewrap may be gone before they are. */
  async untilGone(): Promise<void> {
    while (!this.#isGone()) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  #isGone(): boolean {
    const namespace = linkOf(`/proc/${String(this.#first)}/ns/pid`);
    return !isAlive(this.#first) || namespace !== this.#namespace;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** The processes that a /proc lists. */
export function listProcesses(proc: string): number[] {
  return listNames(proc)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The children of a process, the oldest first. */
function childrenOf(pid: number): number[] {
  const threads = `/proc/${String(pid)}/task`;
  return listNames(threads).flatMap((thread) =>
    readOrEmpty(`${threads}/${thread}/children`)
      .split(' ')
      .filter((word) => word !== '')
      .map(Number),
  );
}

function parentOf(pid: number): number {
  return Number(statOf(`/proc/${String(pid)}`)[1]);
}

/** Where `/proc/PID/stat` tells when a process began, counted from the state on. */
const BEGAN = 19;

/** When a process began, in ticks since the machine did; undefined where it is gone. */
export function beganAt(pid: number): string | undefined {
  return isAlive(pid) ? statOf(`/proc/${String(pid)}`)[BEGAN] : undefined;
}

function isAlive(pid: number): boolean {
  return isAliveAt(`/proc/${String(pid)}`);
}
