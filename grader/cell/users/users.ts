import { MachineFault } from '../../model/errors.ts';
import type { ProgramIds } from '../../run/platform/linux-users.ts';
import { endProgram, endUser } from './end-user.ts';

/**
 * Users of this machine that nobody else is, and which program runs as which. All programs of a copy are
 * one user, as on a student's own machine: each can go on with the files that another has left. They are
 * told apart by their groups.
 */
export class Users {
  /** Of users, and of groups. */
  readonly #ids: readonly number[];
  /** By the path of the copy. */
  readonly #users = new Map<string, number>();
  /** By the mark of the program. */
  readonly #programs = new Map<string, ProgramIds>();

  constructor(ids: readonly number[]) {
    this.#ids = ids;
  }

  /** Gives a program the user of its copy, and a group that no other has. @throws MachineFault where all are taken */
  take(mark: string, copy: string): ProgramIds {
    const uid = this.#users.get(copy) ?? this.#findFree([...this.#users.values()]);
    const gid = this.#findFree([...this.#programs.values()].map((ids) => ids.gid));
    this.#users.set(copy, uid);
    this.#programs.set(mark, { uid, gid });
    return { uid, gid };
  }

  #findFree(taken: readonly number[]): number {
    const free = this.#ids.find((id) => !taken.includes(id));
    if (free !== undefined) return free;
    throw new MachineFault('more programs run at once than there are users');
  }

  /** What the programs run as whose mark holds this word. */
  of(word: string): readonly ProgramIds[] {
    return [...this.#programs].flatMap(([mark, ids]) => (mark.includes(word) ? [ids] : []));
  }

  /** Takes back what a program was given that did not start. */
  release(mark: string): void {
    this.#programs.delete(mark);
  }

  /** Ends a program, and whatever it left behind, and takes its group back. */
  async end(mark: string): Promise<void> {
    const ids = this.#programs.get(mark);
    if (ids === undefined) return;
    await endProgram(ids, () => this.of('').filter(({ uid }) => uid === ids.uid).length === 1);
    this.#programs.delete(mark);
  }

  /** Ends whatever runs as any of them. */
  async endAll(): Promise<void> {
    await Promise.all(this.#ids.map(endUser));
  }
}
