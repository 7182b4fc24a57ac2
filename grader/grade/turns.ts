/**
 * Lets the checks of one stage take turns with the server, so that one connection is closed before
 * the next is opened. A check that has to wait for the clock gives its turn away meanwhile.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Runs an act when all turns asked for before it have ended. */
  async take<Result>(act: (rest: Rest) => Promise<Result>): Promise<Result> {
    let end = await this.#next();
    const rest: Rest = async (ms) => {
      end();
      await new Promise((resolve) => setTimeout(resolve, ms));
      end = await this.#next();
    };
    try {
      return await act(rest);
    } finally {
      end();
    }
  }

  /** Waits for a turn, and gives what ends it. */
  async #next(): Promise<() => void> {
    const before = this.#last;
    let end = (): void => undefined;
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  }
}

/** Waits this many milliseconds while other checks go on. */
export type Rest = (ms: number) => Promise<void>;
