import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { CellOptions, Cells } from '../../cell/cells.ts';
import { openCells } from '../../cell/open-cells.ts';
import { PROJECT } from '../../course/project.ts';
import { UsageError } from '../../model/errors.ts';
import type { Environment } from '../../run/environment.ts';
import type { Runtime } from '../../run/runtimes.ts';
import { whenEnded } from '../../run/when-ended.ts';
import type { HostEvent } from '../../live/host/host-event.ts';
import { parseEvent } from '../../live/host/parse-event.ts';

export interface StartHostOptions {
  readonly lab: string;
  readonly stage: string;
  /** The staged work. */
  readonly folder: string;
  /** The folder of the socket at which the program is reached. */
  readonly shared: string;
  readonly socketPath: string;
  /** What it runs in; undefined where it runs as we do. */
  readonly cells: CellOptions | undefined;
  /** Whose cells are its. */
  readonly slot: number;
  readonly runtimes: readonly Runtime[];
  /** What was typed of `--runtime`. */
  readonly typed: readonly string[];
  readonly environment: Environment;
  readonly onEvent: (event: HostEvent) => void;
}

export interface Host {
  /** Settles when the process has ended; rejects where it was not told to, and says why. */
  readonly ended: Promise<void>;
  /** Ends the program and all that it started. */
  readonly close: () => Promise<void>;
}

/** How long it may take to end the program politely and to remove its copy. */
const CLOSE_MS = 10_000;
const LAST_WORDS = 4000;

/** Starts the process that runs a student's program, in a cell where one is asked for. */
export async function startHost(options: StartHostOptions): Promise<Host> {
  const cells = options.cells && (await openCells(options.cells));
  const host = cells ? await startInCell(options, cells) : startPlainly(options);
  const gone = whenEnded(host, 'close');
  const { stdin, stdout, stderr } = host;
  if (!stdin || !stdout || !stderr) throw new Error('a process was started without its pipes');
  stdin.on('error', () => undefined);
  let lastWords = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = `${lastWords}${text}`.slice(-LAST_WORDS);
  });
  let isClosing = false;
  let fault: Error | undefined;
  createInterface({ input: stdout }).on('line', (line) => {
    const event = parseEvent(line);
    if (event.event !== 'fault') options.onEvent(event);
    else fault = event.isUsage ? new UsageError(event.text) : new Error(event.text);
  });
  const ended = gone.then((unstarted) => {
    if (!isClosing)
      throw unstarted ?? fault ?? new Error(`the process of the program ended: ${lastWords}`);
  });
  // Whoever waits for it hears of it; nobody may be waiting yet.
  ended.catch(() => undefined);
  return {
    ended,
    close: async () => {
      isClosing = true;
      // A cell is gone at once, with all that is in it. Without one, the end of stdin says the same.
      if (cells) host.kill('SIGKILL');
      else stdin.end();
      const timer = setTimeout(() => host.kill('SIGKILL'), CLOSE_MS);
      await gone;
      clearTimeout(timer);
      await cells?.close();
    },
  };
}

function scriptOf({ lab, stage, folder, socketPath }: StartHostOptions): readonly string[] {
  const launcher = join(PROJECT, 'grader/launch.mjs');
  return [launcher, 'host', lab, stage, '--from', folder, '--socket', socketPath];
}

function startPlainly(options: StartHostOptions): ChildProcess {
  const { typed, environment } = options;
  const args = [...scriptOf(options), ...typed.flatMap((each) => ['--runtime', each])];
  return spawn(process.execPath, args, { env: environment, detached: true });
}

async function startInCell(options: StartHostOptions, cells: Cells): Promise<ChildProcess> {
  const { folder, shared, runtimes, typed, slot } = options;
  const places = { sees: [folder], shares: [shared], rooms: 1 };
  const start = await cells.prepare(
    { script: scriptOf(options), runtimes, typed, ...places },
    slot,
  );
  return start();
}
