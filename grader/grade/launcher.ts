import type { Launch } from '../run/confine.ts';
import { cleanEnvironment } from '../run/environment.ts';
import type { ReadyProgram } from '../run/prepare.ts';
import type { Session } from './session.ts';

/** How long a program may take until it listens, in milliseconds. */
export const START_MS = 10_000;

/** Says how a program is started in its throwaway copy; each start has a mark of its own. */
export class Launcher {
  readonly #session: Pick<Session, 'environment' | 'workspace'>;
  readonly #place: { readonly name: string; readonly copy: string; readonly folder: string };
  #started = 0;

  /** @param place what its marks begin with, the copy's top folder, and the one that it starts in */
  constructor(
    session: Pick<Session, 'environment' | 'workspace'>,
    place: { readonly name: string; readonly copy: string; readonly folder: string },
  ) {
    this.#session = session;
    this.#place = place;
  }

  /** @param port that the program is told, in its environment and as its first argument */
  launch(prepared: ReadyProgram, port: number): Launch {
    return { command: [...prepared.command, String(port)], ...this.surround(prepared, port) };
  }

  /** All but the command. */
  surround({ disk }: ReadyProgram, port: number): Omit<Launch, 'command'> {
    const { environment, workspace } = this.#session;
    const { name, copy, folder } = this.#place;
    this.#started += 1;
    const mark = `${name}${String(this.#started)}.`;
    const clean = cleanEnvironment(environment, { mark, temporary: workspace.temporary });
    return { cwd: folder, env: { ...clean, PORT: String(port) }, disk: { copy, ...disk } };
  }
}
