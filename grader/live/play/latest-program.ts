import type { Program } from '../../course/find-programs.ts';
import type { SubmissionFolder } from '../../course/find-submission.ts';
import type { Lab } from '../../lab/check.ts';
import type { Environment } from '../../run/environment.ts';
import type { HostEvent } from '../host/host-event.ts';
import { hostProgram, type HostedProgram } from '../host/host-program.ts';
import type { Address } from '../../run/connect-to.ts';

export interface LatestProgramOptions {
  readonly lab: Lab;
  readonly environment: Environment;
  /** The system's folder for temporary files. */
  readonly temporary: string;
  readonly tell: (event: HostEvent) => void;
  /** Told of a fault that is not the program's. */
  readonly fail: (error: unknown) => void;
}

/** What is to run. */
export interface Begun {
  readonly submission: SubmissionFolder;
  readonly program: Program;
}

/** What runs. */
interface Running {
  readonly hosted: HostedProgram;
  /** It did not start, and will not before it is changed. */
  isHopeless: boolean;
}

/** A program that runs as it was saved last; one at a time. */
export class LatestProgram {
  readonly #options: LatestProgramOptions;
  #running: Running | undefined;
  /** Settles when the latest that was begun runs, or does not. */
  #begun: Promise<unknown> = Promise.resolve();
  #hasEnded = false;

  constructor(options: LatestProgramOptions) {
    this.#options = options;
  }

  /**
   * Ends what runs, even if it is about to be started, and starts a program in a copy of the submission
   * as it is now.
   *
   * @returns whether it listens
   * @throws UsageError at once, where it cannot be copied; a file may have gone meanwhile. What runs
   *   goes on then
   */
  begin(what: Begun): Promise<boolean> {
    const next = this.#host(what);
    const ended = Promise.all([this.#begun, this.#close()]);
    this.#running = next;
    const begun = ended.then(() => this.#start(next));
    // Whoever begins it hears of what goes wrong; those who wait for it need not.
    this.#begun = begun.catch(() => undefined);
    return begun;
  }

  #host(what: Begun): Running {
    const { lab, environment, temporary, tell } = this.#options;
    const hosted = hostProgram({
      ...{ lab, environment, temporary, ...what },
      tell: (event) => {
        if (running !== this.#running) return;
        if (event.event === 'failed') running.isHopeless = true;
        tell(event);
      },
    });
    const running: Running = { hosted, isHopeless: false };
    return running;
  }

  async #start(running: Running): Promise<boolean> {
    // It was ended before it had begun.
    if (running !== this.#running) return false;
    try {
      return (await running.hosted.reach()) !== undefined;
    } catch (error) {
      if (running === this.#running) this.#options.fail(error);
      return false;
    }
  }

  /** Where it listens; it is started where it has ended. Undefined where it does not start. */
  readonly reach = async (): Promise<Address | undefined> => {
    for (let begun; begun !== this.#begun;) {
      begun = this.#begun;
      await begun;
    }
    const running = this.#running;
    if (!running || running.isHopeless || this.#hasEnded) return undefined;
    try {
      return await running.hosted.reach();
    } catch (error) {
      // Another has been begun meanwhile, and what was asked for is that one.
      if (running !== this.#running) return this.reach();
      this.#options.fail(error);
      return undefined;
    }
  };

  /** Ends what runs. Nothing is left of it. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await Promise.all([this.#close(), this.#begun]);
  }

  async #close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.hosted.close();
  }
}
