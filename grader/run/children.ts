import { Child } from './child.ts';
import type { Confine, Launch } from './confine.ts';
import type { Family, Platform } from './platform/platform.ts';
import { unconfined } from './process-group.ts';

/** The programs of one grading: all of them can be ended at once, and then none is started again. */
export class Children {
  readonly platform: Platform;
  readonly #family: Omit<Family, 'leader'>;
  readonly #confine: Confine;
  readonly #living = new Set<Child>();
  #halted = false;

  /** @param family how all processes of the grading are known */
  constructor(platform: Platform, family: Omit<Family, 'leader'>, confine: Confine = unconfined) {
    this.platform = platform;
    this.#family = family;
    this.#confine = confine;
  }

  /** @throws Error once all have been ended; UsageError where the program cannot be started at all */
  async start(launch: Launch): Promise<Child> {
    if (this.#halted) throw new Error('the grading has ended');
    const child = await Child.start(launch, { platform: this.platform, confine: this.#confine });
    this.#living.add(child);
    return child;
  }

  /** Ends one program. */
  async stop(child: Child): Promise<void> {
    await child.stop();
    this.#living.delete(child);
  }

  /** Ends one program and whatever it started, so that it can be started again. */
  async stopFamily(child: Child): Promise<void> {
    await this.stop(child);
    await this.#sweep({ mark: child.mark });
  }

  /** Ends all programs and whatever they started, and lets no more be started. */
  async halt(): Promise<void> {
    this.#halted = true;
    await Promise.all([...this.#living].map((child) => this.stop(child)));
    await this.#sweep(this.#family);
  }

  /** Kills until nothing is left: a process may start another just before it is killed. */
  async #sweep(family: Omit<Family, 'leader'>): Promise<void> {
    const find = (): Promise<readonly number[]> =>
      this.platform.findFamily({ ...family, leader: 0 });
    for (let left = await find(); left.length > 0; left = await find()) {
      if (left.includes(process.pid)) throw new Error(`the grader itself carries ${family.mark}`);
      for (const pid of left) await this.platform.signal(pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}
