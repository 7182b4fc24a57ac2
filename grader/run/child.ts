import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { errorCode, UsageError } from '../model/errors.ts';
import { NOTES_FD, type Confine, type Confined, type Hold, type Launch } from './confine.ts';
import { MARK } from './environment.ts';
import type { Exit } from './exit.ts';
import { CapturedOutput } from './output.ts';
import { checkFamily } from './platform/check-family.ts';
import type { Platform } from './platform/platform.ts';

/** How long a program has to end by itself after each of SIGINT and SIGTERM. */
const GRACE_MS = 250;
/** How long its last words may take to arrive once it has ended. */
const LAST_WORDS_MS = 200;

/** A student's program, running. Its stdin is an open, silent pipe; what it prints is captured. */
export class Child {
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  /** What comes through the pipe for notes, where it has one. */
  readonly notes: CapturedOutput | undefined;
  /** The word that it, and all that it starts, carry in their environment. */
  readonly mark: string;
  /** Settles when the process has ended and its last words have come. */
  readonly exited: Promise<Exit>;
  readonly #hold: Hold;
  readonly #close: () => void;
  #exit: Exit | undefined;
  #endedByItself = true;

  /**
   * @throws UsageError where the interpreter is not there or may not be run; MachineFault where the
   *   program cannot be confined
   */
  static async start(
    launch: Launch,
    { platform, confine }: { readonly platform: Platform; readonly confine: Confine },
  ): Promise<Child> {
    const mark = launch.env[MARK] ?? '';
    checkFamily({ mark });
    const confined = confine(launch, platform);
    const subprocess = spawnConfined(confined, launch);
    const pipes = pipesOf(subprocess);
    // A program may close its stdin; nothing is ever written to it.
    pipes.stdin.on('error', () => undefined);
    const { pid } = subprocess;
    if (pid === undefined) {
      const failure: readonly unknown[] = await once(subprocess, 'error');
      throw new UsageError(
        `cannot start ${confined.command[0]}: ${describe(errorCode(failure[0]))}.`,
      );
    }
    // Signals go out by pid; what Node says of those that came too late is of no account.
    subprocess.on('error', () => undefined);
    const closed = new Promise((resolve) => subprocess.once('close', resolve));
    const captured = {
      stdout: new CapturedOutput(pipes.stdout),
      stderr: new CapturedOutput(pipes.stderr),
      notes: pipes.notes && new CapturedOutput(pipes.notes),
    };
    const hold = await confined.hold(Object.assign(subprocess, { pid }));
    const exited = hold.ended.then(async (exit) => {
      await lastWords(closed);
      return exit;
    });
    return new Child(hold, {
      ...captured,
      exited,
      mark,
      close: () => {
        for (const stream of subprocess.stdio) stream?.destroy();
      },
    });
  }

  private constructor(
    hold: Hold,
    parts: Pick<Child, 'stdout' | 'stderr' | 'notes' | 'exited' | 'mark'> & {
      readonly close: () => void;
    },
  ) {
    this.stdout = parts.stdout;
    this.stderr = parts.stderr;
    this.notes = parts.notes;
    this.mark = parts.mark;
    this.#hold = hold;
    this.#close = parts.close;
    this.exited = parts.exited.then((exit) => {
      this.#exit = exit;
      return exit;
    });
  }

  /** Its first process; 0 where that has ended. */
  get pid(): number {
    return this.#hold.leader();
  }

  /** How the first process ended; undefined while it lives. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Waits so many milliseconds at most, and tells whether the first process has ended by then. */
  async endsWithin(ms: number): Promise<boolean> {
    if (this.#exit) return true;
    let timer: NodeJS.Timeout | undefined;
    // When time is up, an end that has happened is heard of first: a busy grader may be late for it.
    const timeUp = new Promise<false>((resolve) => {
      timer = setTimeout(() => {
        setImmediate(() => setImmediate(resolve, false));
      }, ms);
    });
    const ended = await Promise.race([this.exited.then(() => true), timeUp]);
    clearTimeout(timer);
    return ended;
  }

  /** How it ended, where nobody ended it. */
  get ownExit(): Exit | undefined {
    return this.#endedByItself ? this.#exit : undefined;
  }

  /** Whether it lives: a program may end its first process and go on in another. */
  async isAlive(): Promise<boolean> {
    return !this.#exit || (await this.family()).length > 0;
  }

  /** The living processes of the program, those included that it left behind. */
  async family(): Promise<readonly number[]> {
    return this.#hold.family();
  }

  /**
   * Ends the program: SIGINT, SIGTERM, SIGKILL, until it has ended. What lives on without it, and
   * is not confined, is found by its mark.
   */
  async stop(): Promise<void> {
    this.#endedByItself = this.#exit !== undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      if (this.#hold.leader() === 0) break;
      await this.#hold.signal(signal);
      await this.endsWithin(GRACE_MS);
    }
    await this.#hold.kill();
    await this.exited;
    // A process that got away may hold the other ends, and would keep the grader from ending.
    this.#close();
  }
}

/** Starts what is really started; whether or not that comes to anything, its descriptors are closed. */
function spawnConfined(confined: Confined, launch: Launch): ChildProcess {
  const [file, ...args] = confined.command;
  let hasStarted = false;
  try {
    // Not by execa: it costs as much again as the start itself, and a student waits for this one.
    const subprocess = spawn(file, args, {
      cwd: confined.cwd,
      env: confined.env,
      stdio: ['pipe', 'pipe', 'pipe', ...listDescriptors(confined, launch)],
      // A group of its own, so that Ctrl-C reaches the grader alone and it can stop the program.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    hasStarted = subprocess.pid !== undefined;
    return subprocess;
  } finally {
    confined.release(hasStarted);
  }
}

/** What it inherits above stderr. */
function listDescriptors(
  { descriptors }: Confined,
  { takesNotes }: Launch,
): readonly ('pipe' | 'ignore' | number)[] {
  if (takesNotes !== true) return descriptors;
  const gap = NOTES_FD - 3 - descriptors.length;
  return [...descriptors, ...Array<'ignore'>(gap).fill('ignore'), 'pipe'];
}

function pipesOf({ stdin, stdout, stderr, stdio }: ChildProcess): {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly notes: Readable | undefined;
} {
  if (!stdin || !stdout || !stderr) throw new Error('a program was started without its pipes');
  const notes = stdio.at(NOTES_FD);
  return { stdin, stdout, stderr, notes: notes instanceof Readable ? notes : undefined };
}

/**
 * Waits for what a program printed last. A process that it left behind may hold its output open for
 * ever. When time is up, what lies in the pipe by then is read first: a busy grader may not have
 * come to it yet.
 */
async function lastWords(closed: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise((resolve) => {
    timer = setTimeout(() => {
      setImmediate(() => setImmediate(resolve));
    }, LAST_WORDS_MS);
  });
  await Promise.race([closed, timeUp]);
  clearTimeout(timer);
}

function describe(code: string): string {
  if (code === 'ENOENT')
    return 'there is no such program; install it, or name another by --runtime';
  if (code === 'EACCES') return 'it may not be executed; check its execute bit and its first line';
  return `the system answered ${code}`;
}
