import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { errorCode } from '../../model/errors.ts';

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
    return (
      !isAlive(this.#first) || linkOf(`/proc/${String(this.#first)}/ns/pid`) !== this.#namespace
    );
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

function isAlive(pid: number): boolean {
  const [state] = statOf(`/proc/${String(pid)}`);
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function parentOf(pid: number): number {
  return Number(statOf(`/proc/${String(pid)}`)[1]);
}

/** What `/proc/PID/stat` says from the state on; the name before it may hold anything. */
export function statOf(process: string): readonly string[] {
  const stat = readOrEmpty(`${process}/stat`);
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Where `/proc/PID/stat` tells when a process began, counted from the state on. */
const BEGAN = 19;

/** When a process began, in ticks since the machine did; undefined where it is gone. */
export function beganAt(pid: number): string | undefined {
  return isAlive(pid) ? statOf(`/proc/${String(pid)}`)[BEGAN] : undefined;
}

export function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    return whenGone(error, '');
  }
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    return whenGone(error, []);
  }
}

/** Where a link of /proc leads; empty where it has gone, or is another user's. */
export function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    return whenGone(error, '');
  }
}

/** What /proc answers of what has gone while it was looked at, or is another user's. */
const GONE = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL', 'ENOTDIR']);

export function whenGone<Value>(error: unknown, value: Value): Value {
  if (GONE.has(errorCode(error))) return value;
  throw error;
}
