/** What an act that goes on beside others may do with its place among them. */
export interface Share {
  /** Steps aside while this act runs: what wants to be alone need not wait for it. */
  readonly without: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Waits until nothing else is under way, and runs this act while all else is held back. */
  readonly alone: <Result>(act: () => Promise<Result>) => Promise<Result>;
}

/**
 * Lets the parts of a grading, or of many, go on side by side, or one of them alone.
 *
 * Nobody waits here while others wait for it: who wants to be alone steps aside first, and a share
 * is taken once what it needs besides, such as a turn with a server, is at hand. So a share must
 * never be asked for within another one.
 */
export class Gate {
  #shares = 0;
  #taken = false;
  #wantShare: (() => void)[] = [];
  readonly #wantAlone: (() => void)[] = [];

  /** Runs an act beside others, as soon as nothing is, or waits to be, alone. */
  async share<Result>(act: (share: Share) => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      return await act({
        without: (aside) => this.#stepAside(aside),
        alone: (lone) => this.#stepAside(() => this.#holdBack(lone)),
      });
    } finally {
      this.#leave();
    }
  }

  async #stepAside<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#leave();
    try {
      return await act();
    } finally {
      await this.#enter();
    }
  }

  async #holdBack<Result>(act: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((resolve) => {
      this.#wantAlone.push(resolve);
      this.#open();
    });
    try {
      return await act();
    } finally {
      this.#taken = false;
      this.#open();
    }
  }

  async #enter(): Promise<void> {
    if (!this.#taken && this.#wantAlone.length === 0) {
      this.#shares += 1;
      return;
    }
    await new Promise<void>((resolve) => this.#wantShare.push(resolve));
  }

  #leave(): void {
    this.#shares -= 1;
    this.#open();
  }

  /** Lets in whoever may go: one that wants to be alone before all that want a share. */
  #open(): void {
    if (this.#taken) return;
    if (this.#wantAlone.length > 0) {
      if (this.#shares > 0) return;
      this.#taken = true;
      this.#wantAlone.shift()?.();
      return;
    }
    const waiting = this.#wantShare;
    this.#wantShare = [];
    this.#shares += waiting.length;
    for (const letIn of waiting) letIn();
  }
}
