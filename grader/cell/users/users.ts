import { MachineFault } from '../../model/errors.ts';
import { endUser } from './end-user.ts';

/** Users of this machine that nobody else is, and which program runs as which. */
export class Users {
  readonly #ids: readonly number[];
  /** By the mark of the program. */
  readonly #taken = new Map<string, number>();

  constructor(ids: readonly number[]) {
    this.#ids = ids;
  }

  /** Gives a program a user that no other has. @throws MachineFault where all are taken */
  take(mark: string): number {
    const taken = new Set(this.#taken.values());
    const free = this.#ids.find((id) => !taken.has(id));
    if (free === undefined)
      throw new MachineFault('more programs run at once than there are users');
    this.#taken.set(mark, free);
    return free;
  }

  /** The users of all programs whose mark holds this word. */
  of(word: string): readonly number[] {
    return [...this.#taken].flatMap(([mark, id]) => (mark.includes(word) ? [id] : []));
  }

  /** Ends a program, and whatever it left behind, and takes its user back. */
  async end(mark: string): Promise<void> {
    const id = this.#taken.get(mark);
    if (id === undefined) return;
    await endUser(id);
    this.#taken.delete(mark);
  }

  /** Ends whatever runs as any of them. */
  async endAll(): Promise<void> {
    await Promise.all(this.#ids.map(endUser));
  }
}
