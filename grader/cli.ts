import { isatty } from 'node:tty';
import { CommanderError } from 'commander';
import { defineCommands } from './commands/define-commands.ts';
import type { Console, ExitCode } from './commands/console.ts';
import { printText } from './model/bytes.ts';
import { errorCode, tellStack, UsageError } from './model/errors.ts';

/**
 * Runs the command line.
 *
 * @param argv the arguments, without the interpreter and the program
 * @returns what the process exits with: an ExitCode, or 128 and the number of the signal that stopped
 *   it
 */
export async function runCli(argv: readonly string[]): Promise<number | 'again'> {
  const interrupted = new AbortController();
  const console = openConsole(interrupted.signal);
  const stopOn = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void => {
    process.once(signal, () => {
      interrupted.abort(new Interrupted(signal));
    });
  };
  stopOn('SIGINT');
  stopOn('SIGTERM');
  stopOn('SIGHUP');
  let exitCode: ExitCode = 0;
  const program = defineCommands(console, (code) => {
    exitCode = code;
  });
  try {
    refuseSwallowed(console);
    await program.parseAsync(argv, { from: 'user' });
    // Ctrl-C is how it ends: nothing that is still waited for matters any more.
    if (interrupted.signal.aborted) process.exit(exitCode);
    return exitCode;
  } catch (error) {
    const [name] = argv;
    const command = program.commands.find((each) => each.name() === name)?.name() ?? 'grade';
    return explain(error, { signal: interrupted.signal, console, command });
  }
}

class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(`stopped by ${signal}`);
    this.exitCode = 128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal];
  }
}

function explain(
  error: unknown,
  {
    signal,
    console,
    command,
  }: { readonly signal: AbortSignal; readonly console: Console; readonly command: string },
): number {
  if (signal.aborted && signal.reason instanceof Interrupted) {
    console.err(`\nwiregrade: ${signal.reason.message}; every server was ended.\n`);
    return signal.reason.exitCode;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    console.err(`wiregrade: ${describeMisuse(error, command)}\n`);
    return 2;
  }
  if (error instanceof UsageError) {
    // It may name a file as a student called it.
    console.err(`wiregrade: ${printText(error.message)}\n`);
    return 2;
  }
  console.err(
    `wiregrade: the grader broke; this is not your bug. Please report these lines.\n${printText(tellStack(error))}\n`,
  );
  return 3;
}

/** Options that npm takes for its own where `--` is forgotten, and then keeps to itself. */
const SWALLOWED = [
  'solutions',
  'from',
  'url',
  'web',
  'runtime',
  'all',
  'brief',
  'seed',
  'jobs',
  'ports',
  'sandbox',
  'image',
  'check',
  'repeat',
  'load',
  'out',
  'stage',
  'port',
  'poll',
  'no-open',
  'explain',
  'plain',
  'level',
  'no-history',
  'base',
  'head',
  'lab',
  'require',
  'result',
  'summary',
  'pull',
  'block',
  'remove',
  'only',
  'format',
  'force',
  'roster',
  'repo-template',
  'forks-of',
  'submissions',
  'deadline',
  'course',
  'again',
  'slots',
  'canvas-assignment',
  'i-trust-this-code',
  'repo',
  'head-repo',
  'head-sha',
  'dry-run',
];

function refuseSwallowed({ underNpm, environment }: Console): void {
  // npm takes --no-open for an open that is set to nothing.
  const variable = (name: string): string =>
    `npm_config_${name.replace(/^no-/, '').replaceAll('-', '_')}`;
  const option = SWALLOWED.find((name) => environment[variable(name)] !== undefined);
  if (!underNpm || option === undefined) return;
  const script = environment.npm_lifecycle_event ?? 'grade';
  throw new UsageError(
    `npm kept --${option} to itself; write -- before the options, as in npm run ${script} ... -- --${option} ...`,
  );
}

/** Commander's own words, and where to find the right ones. */
function describeMisuse({ code, message }: CommanderError, command: string): string {
  const help = `npx wiregrade --help shows all commands, and npx wiregrade ${command} --help its options.`;
  if (code === 'commander.help')
    return `name a command: grade, hint, watch, play, replay, next, batch, review, ci, comment, release, verify, new-lab, package or hook; ${help}`;
  return `${message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')}; ${help}`;
}

function openConsole(signal: AbortSignal): Console {
  const { env, stdout, stderr } = process;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const forbidden = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  // A reader such as `head` may leave early; that ends the output, and nothing else.
  stdout.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') throw error;
  });
  const rewrites = isatty(stdout.fd) && env.TERM !== 'dumb';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    input: process.stdin,
    environment: env,
    color: !forbidden && (forced || rewrites),
    rewrites,
    width: Math.max(40, Math.min(stdout.columns || 80, 100)),
    signal,
    underNpm: env.npm_lifecycle_event !== undefined,
  };
}
