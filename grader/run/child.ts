import { execa } from 'execa';
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

/** A student's program, running. Its stdin is an open, silent pipe; what it prints is captured. */
export class Child {
  readonly pid: number;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  /** Settles when the process has ended and its last words have come. */
  readonly exited: Promise<Exit>;
  readonly #platform: Platform;
  readonly #mark: string;
  #exit: Exit | undefined;

  /** @throws UsageError where the interpreter is not there or may not be run */
  static async start(launch: Launch, platform: Platform): Promise<Child> {
    const [file, ...args] = launch.command;
    const subprocess = execa(file, args, {
      cwd: launch.cwd,
      env: launch.env,
      extendEnv: false,
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      buffer: false,
      reject: false,
      cleanup: false,
      // A group of its own, so that Ctrl-C reaches the grader alone and it can stop the program.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    // A program may close its stdin; nothing is ever written to it.
    subprocess.stdin.on('error', () => undefined);
    const { pid } = subprocess;
    if (pid === undefined) {
      const failure = await subprocess;
      throw new UsageError(`cannot start ${file}: ${describe(errorCode(failure.cause))}.`);
    }
    const exited = new Promise<Exit>((resolve) => {
      subprocess.once('exit', (code, signal) => {
        const exit: Exit = signal ? { kind: 'signal', signal } : { kind: 'code', code: code ?? 0 };
        // A process that it left behind may hold its output open for ever.
        const timer = setTimeout(resolve, LAST_WORDS_MS, exit);
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
    });
  }

  private constructor(
    pid: number,
    parts: Pick<Child, 'stdout' | 'stderr' | 'exited'> & { platform: Platform; mark: string },
  ) {
    this.pid = pid;
    this.stdout = parts.stdout;
    this.stderr = parts.stderr;
    this.#platform = parts.platform;
    this.#mark = parts.mark;
    this.exited = parts.exited.then((exit) => {
      this.#exit = exit;
      return exit;
    });
  }

  /** How the first process ended; undefined while it lives. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** The living processes of the program, those included that it left behind. */
  async family(): Promise<readonly number[]> {
    return this.#platform.findFamily(this.#exit ? 0 : this.pid, this.#mark);
  }

  /** Ends the program and all it started: SIGINT, SIGTERM, SIGKILL, until nothing is left. */
  async stop(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      if (this.#exit) break;
      await this.#platform.signal(this.pid, signal);
      await this.#exitWithin(GRACE_MS);
    }
    for (let left = await this.family(); ; left = await this.family()) {
      await this.#platform.signal(this.pid, 'SIGKILL');
      for (const pid of left) await this.#platform.signal(pid, 'SIGKILL');
      if (this.#exit && left.length === 0) return;
      // Once killed, a process is gone within moments: there is nothing to wait for but that.
      await this.#exitWithin(2);
    }
  }

  async #exitWithin(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.exited, patience]);
    clearTimeout(timer);
  }
}

function describe(code: string): string {
  if (code === 'ENOENT')
    return 'there is no such program; install it, or name another by --runtime';
  if (code === 'EACCES') return 'it may not be executed; check its execute bit and its first line';
  return `the system answered ${code}`;
}
