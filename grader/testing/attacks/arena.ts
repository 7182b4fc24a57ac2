import { execa } from 'execa';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CellOptions } from '../../cell/cells.ts';
import { openCells } from '../../cell/open-cells.ts';
import { PROJECT } from '../../course/project.ts';
import { BWRAP_CELLS } from '../bwrap-cells.ts';
import { parseSeen, type Order, type Seen } from './parse-order.ts';

/** A program of `programs/`, with its arguments. */
export interface Attack {
  readonly file: string;
  readonly args?: readonly string[];
  /** The arguments with which it is run in the same place before; in a cell only. */
  readonly before?: readonly string[];
  /** When it is stopped; 5 s unless it says so. */
  readonly withinMs?: number;
  /** A file that it inherits, open; outside only. */
  readonly leaks?: string;
}

/** Where attacks are run: in a cell, and for comparison outside of it, by the same ordinary user. */
export interface Arena {
  /** A folder of that user, which the programs outside work in. */
  readonly folder: string;
  readonly inCell: (attack: Attack) => Promise<Seen>;
  readonly outside: (attack: Attack) => Promise<Seen>;
  /** Starts a program outside, which runs until it is ended; with the first line that it printed. */
  readonly linger: (
    attack: Attack,
  ) => Promise<{ readonly process: ChildProcess; readonly line: string }>;
  /** Kills the grader in the outer cell. */
  readonly killGrader: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ArenaOptions {
  readonly cores?: readonly number[];
  /** A file that the grader in the cell inherits, open. */
  readonly leaks?: string;
  /** Tells arenas that are open at once apart. */
  readonly slot?: number;
  /** Bubblewrap's where nothing else is said. */
  readonly cells?: CellOptions;
}

const PYTHON = '/usr/bin/python3';
const PATH = '/usr/local/bin:/usr/bin:/bin';
/** What the grader, and programs outside, have in their environment. */
export const GRADER_TOKEN = 'a-token-of-the-grader';

/** Opens an arena. Who opens it closes it. */
export async function openArena({
  cores,
  leaks,
  slot = 0,
  cells: options = BWRAP_CELLS,
}: ArenaOptions = {}): Promise<Arena> {
  const place = mkdtempSync(join(tmpdir(), 'arena-'));
  chmodSync(place, 0o755);
  const runner = await bundleRunner(place);
  const folder = join(place, 'outside');
  mkdirSync(folder);
  // Of the grader it has the attacks' runner alone.
  const cells = await openCells({ ...options, project: place });
  const owner = cells.ownerOf(slot);
  if (owner !== undefined) chownSync(folder, owner, owner);
  const startGrader = await cells.prepare(
    {
      script: [runner, ...(leaks === undefined ? [] : ['--leaks', leaks])],
      runtimes: [],
      typed: [],
      sees: [],
      rooms: 1,
      environment: { PATH, GRADER_TOKEN },
      ...(cores && { cores }),
    },
    slot,
  );
  const grader = startGrader();
  const answers: AsyncIterator<string> = createInterface({ input: grader.stdout ?? process.stdin })[
    Symbol.asyncIterator
  ]();
  let words = '';
  grader.stderr?.on('data', (piece: Buffer) => (words += piece.toString()));
  const ended = once(grader, 'exit');
  const start = (attack: Attack): ChildProcess => {
    const { program, name, command, args } = orderOf(attack);
    const file = join(folder, name);
    rmSync(file, { force: true });
    writeFileSync(file, program, { mode: 0o755 });
    if (owner !== undefined) chownSync(file, owner, owner);
    const leaked = attack.leaks === undefined ? [] : [openSync(attack.leaks, 'r')];
    const started = spawn(command === 'node' ? process.execPath : command, [file, ...args], {
      cwd: folder,
      env: {
        PATH,
        GRADER_TOKEN,
        LANG: 'C.UTF-8',
        PYTHONUNBUFFERED: '1',
        HOME: folder,
        TMPDIR: folder,
      },
      stdio: ['pipe', 'pipe', 'pipe', ...leaked],
      detached: true,
      ...(owner !== undefined && { uid: owner, gid: owner }),
    });
    for (const fd of leaked) closeSync(fd);
    return started;
  };
  const killGrader = async (): Promise<void> => {
    grader.kill('SIGKILL');
    await ended;
  };
  return {
    folder,
    inCell: async (attack) => {
      grader.stdin?.write(`${JSON.stringify(orderOf(attack))}\n`);
      const answer = await answers.next();
      if (answer.done === true) throw new Error(`the grader in the cell ended: ${words}`);
      return parseSeen(answer.value);
    },
    outside: async (attack) => watch(start(attack), attack),
    linger: async (attack) => {
      const process = start(attack);
      const stderr: Buffer[] = [];
      process.stderr?.on('data', (piece: Buffer) => stderr.push(piece));
      const printed: Promise<readonly unknown[]> = once(process.stdout ?? process, 'data');
      const [line] = await Promise.race([printed, once(process, 'exit').then(() => [])]);
      if (!(line instanceof Buffer)) throw new Error(Buffer.concat(stderr).toString());
      return { process, line: line.toString().trim() };
    },
    killGrader,
    close: async () => {
      await killGrader();
      await cells.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** What an attack printed, by name: each line is a name, a colon, and what came of it. */
export function resultsOf({ stdout, stderr }: Seen): Record<string, string> {
  const lines = stdout.split('\n').flatMap((line) => {
    const [, name, result] = /^([\w-]+): (.*)$/.exec(line) ?? [];
    return name === undefined || result === undefined ? [] : [[name, result] as const];
  });
  if (lines.length === 0) throw new Error(`the attack printed nothing: ${stdout}${stderr}`);
  return Object.fromEntries(lines);
}

/** The living processes whose command line holds a word, wherever they run, by their ids. */
export async function findByCommand(word: string): Promise<readonly number[]> {
  const { stdout } = await execa('ps', ['axww', '-o', 'pid=,stat=,args='], {
    stripFinalNewline: false,
  });
  return stdout.split('\n').flatMap((row) => {
    const [, pid, state] = /^\s*(\d+)\s+(\S+)/.exec(row) ?? [];
    // What starts a cell names what it runs as well.
    const isCell = ['bwrap', 'docker', 'sh -c'].some((each) => row.includes(each));
    return pid !== undefined && row.includes(word) && !isCell && !state?.startsWith('Z')
      ? [Number(pid)]
      : [];
  });
}

const LAST_WORDS_MS = 300;

async function watch(process: ChildProcess, { withinMs = 5000 }: Attack): Promise<Seen> {
  const beganAt = performance.now();
  const printed: Buffer[] = [];
  const complained: Buffer[] = [];
  process.stdout?.on('data', (piece: Buffer) => printed.push(piece));
  process.stderr?.on('data', (piece: Buffer) => complained.push(piece));
  const timer = setTimeout(() => process.kill('SIGKILL'), withinMs);
  const closed = once(process, 'close');
  const ended: Promise<readonly unknown[]> = once(process, 'exit');
  const [code, signal] = await ended;
  clearTimeout(timer);
  // What it left behind may hold its output open.
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS))]);
  const stdout = Buffer.concat(printed);
  return {
    stdout: stdout.toString(),
    printed: stdout.byteLength,
    stderr: Buffer.concat(complained).toString(),
    exit:
      typeof signal === 'string'
        ? { kind: 'signal', signal }
        : { kind: 'code', code: Number(code) },
    ms: performance.now() - beganAt,
  };
}

function orderOf({ file, args = [], before, withinMs = 5000 }: Attack): Order {
  const read = (name: string): string =>
    readFileSync(join(import.meta.dirname, 'programs', name), 'utf8');
  const isPython = extname(file) === '.py';
  return {
    program: isPython ? `${read('prelude.py')}\n${read(file)}` : read(file),
    name: file,
    command: isPython ? PYTHON : 'node',
    args,
    ...(before && { before }),
    withinMs,
  };
}

/** One file, since the ordinary user may not be able to read this project. */
async function bundleRunner(place: string): Promise<string> {
  const outfile = join(place, 'runner.mjs');
  await execa(
    'esbuild',
    [
      join(import.meta.dirname, 'runner.ts'),
      ...[
        '--bundle',
        '--platform=node',
        '--format=esm',
        '--external:pid-port',
        '--log-level=error',
      ],
      '--banner:js=import{createRequire}from"node:module";const require=createRequire(import.meta.url);',
      `--outfile=${outfile}`,
    ],
    { preferLocal: true, localDir: PROJECT },
  );
  chmodSync(outfile, 0o755);
  return outfile;
}
