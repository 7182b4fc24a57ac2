import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { errorCode, UsageError } from '../model/errors.ts';
import { MARK } from './environment.ts';
import { CapturedOutput } from './output.ts';
import type { Platform } from './platform/platform.ts';

/** How a program is started. */
export interface Launch {
  /** The interpreter's or program's own path, then its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How a program ended. */
export type Exit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string };

/** How a program ended, in words: `with exit code 1`, `by SIGSEGV`. */
export function describeExit(exit: Exit): string {
  return exit.kind === 'code' ? `with exit code ${String(exit.code)}` : `by ${exit.signal}`;
}

/** How long a program has to end by itself after each of SIGINT and SIGTERM. */
const GRACE_MS = 250;
/** How long its last words may take to arrive once it has ended. */
const LAST_WORDS_MS = 200;

type ChildParts = Pick<Child, 'stdout' | 'stderr' | 'exited' | 'mark'> & {
  readonly platform: Platform;
  readonly isGone: () => boolean;
  readonly close: () => void;
};

/** A student's program, running. Its stdin is an open, silent pipe; what it prints is captured. */
export class Child {
  readonly pid: number;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  /** The word that it, and all that it starts, carry in their environment. */
  readonly mark: string;
  /** Settles when the process has ended and its last words have come. */
  readonly exited: Promise<Exit>;
  readonly #platform: Platform;
  readonly #isGone: () => boolean;
  readonly #close: () => void;
  #exit: Exit | undefined;

  /** @throws UsageError where the interpreter is not there or may not be run */
  static async start(launch: Launch, platform: Platform): Promise<Child> {
    const [file, ...args] = launch.command;
    // Not by execa: it costs as much again as the start itself, and a student waits for this one.
    const subprocess = spawn(file, args, {
      cwd: launch.cwd,
      env: launch.env,
      stdio: 'pipe',
      // A group of its own, so that Ctrl-C reaches the grader alone and it can stop the program.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    // A program may close its stdin; nothing is ever written to it.
    subprocess.stdin.on('error', () => undefined);
    const { pid } = subprocess;
    if (pid === undefined) {
      const failure: readonly unknown[] = await once(subprocess, 'error');
      throw new UsageError(`cannot start ${file}: ${describe(errorCode(failure[0]))}.`);
    }
    // Signals go out by pid; what Node says of those that came too late is of no account.
    subprocess.on('error', () => undefined);
    const exited = new Promise<Exit>((resolve) => {
      subprocess.once('exit', (code, signal) => {
        const exit: Exit = signal ? { kind: 'signal', signal } : { kind: 'code', code: code ?? 0 };
        // A process that it left behind may hold its output open for ever. When time is up, what
        // lies in the pipe by then is read first: a busy grader may not have come to it yet.
        const timer = setTimeout(() => {
          setImmediate(() => setImmediate(resolve, exit));
        }, LAST_WORDS_MS);
        subprocess.once('close', () => {
          clearTimeout(timer);
          resolve(exit);
        });
      });
    });
    return new Child(pid, {
      stdout: new CapturedOutput(subprocess.stdout),
      stderr: new CapturedOutput(subprocess.stderr),
      exited,
      platform,
      mark: launch.env[MARK] ?? '',
      isGone: () => subprocess.exitCode !== null || subprocess.signalCode !== null,
      close: () => {
        subprocess.stdin.destroy();
        subprocess.stdout.destroy();
        subprocess.stderr.destroy();
      },
    });
  }

  private constructor(pid: number, parts: ChildParts) {
    this.pid = pid;
    this.stdout = parts.stdout;
    this.stderr = parts.stderr;
    this.mark = parts.mark;
    this.#platform = parts.platform;
    this.#isGone = parts.isGone;
    this.#close = parts.close;
    this.exited = parts.exited.then((exit) => {
      this.#exit = exit;
      return exit;
    });
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

  /** Whether it lives: a program may end its first process and go on in another. */
  async isAlive(): Promise<boolean> {
    return !this.#exit || (await this.family()).length > 0;
  }

  /** The living processes of the program, those included that it left behind. */
  async family(): Promise<readonly number[]> {
    return this.#platform.findFamily({ leader: this.#exit ? 0 : this.pid, mark: this.mark });
  }

  /**
   * Ends the program and its group: SIGINT, SIGTERM, SIGKILL, until it has ended. What lives on
   * without it is found by its mark. Once the process is gone, nothing is sent to its number any
   * more: the system may have given it to a stranger.
   */
  async stop(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      if (this.#isGone()) break;
      await this.#platform.signal(this.pid, signal);
      await this.endsWithin(GRACE_MS);
    }
    while (!this.#isGone()) {
      await this.#platform.signal(this.pid, 'SIGKILL');
      // Once killed, a process is gone within moments: there is nothing to wait for but that.
      await this.endsWithin(2);
    }
    await this.exited;
    // A process that got away may hold the other ends, and would keep the grader from ending.
    this.#close();
  }
}

function describe(code: string): string {
  if (code === 'ENOENT')
    return 'there is no such program; install it, or name another by --runtime';
  if (code === 'EACCES') return 'it may not be executed; check its execute bit and its first line';
  return `the system answered ${code}`;
}
