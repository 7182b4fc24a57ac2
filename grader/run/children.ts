import { Child, type Launch } from './child.ts';
import type { Platform } from './platform/platform.ts';

/** The programs of one grading: all of them can be ended at once, and then none is started again. */
export class Children {
  readonly platform: Platform;
  readonly #living = new Set<Child>();
  #halted = false;

  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** @throws Error once all have been ended; UsageError where the program cannot be started at all */
  async start(launch: Launch): Promise<Child> {
    this.#refuseWhenHalted();
    const child = await Child.start(launch, this.platform);
    this.#living.add(child);
    return child;
  }

  /** Ends one program and all that it started. */
  async stop(child: Child): Promise<void> {
    await child.stop();
    this.#living.delete(child);
  }

  /** Ends all programs, and lets no more be started. */
  async halt(): Promise<void> {
    this.#halted = true;
    await Promise.all([...this.#living].map((child) => this.stop(child)));
  }

  #refuseWhenHalted(): void {
    if (this.#halted) throw new Error('the grading has ended');
  }
}
