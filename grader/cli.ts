import { isatty } from 'node:tty';
import { Command, CommanderError, Option } from 'commander';
import { gradeCommand, type GradeOptions } from './commands/grade.ts';
import type { Console, ExitCode } from './commands/console.ts';
import { newLabCommand } from './commands/new-lab.ts';
import { nextCommand, type NextOptions } from './commands/next.ts';
import { releaseCommand } from './commands/release.ts';
import { verifyCommand, type VerifyOptions } from './commands/verify.ts';
import { readVersion } from './course/version.ts';
import { errorCode, UsageError } from './model/errors.ts';

/**
 * Runs the command line.
 *
 * @param argv the arguments, without the interpreter and the program
 * @returns what the process exits with: an ExitCode, or 128 and the number of the signal that stopped
 *   it
 */
export async function runCli(argv: readonly string[]): Promise<number> {
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
    return exitCode;
  } catch (error) {
    return explain(error, interrupted.signal, console);
  }
}

class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(`stopped by ${signal}`);
    this.exitCode = 128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal];
  }
}

function explain(error: unknown, signal: AbortSignal, console: Console): number {
  if (signal.aborted && signal.reason instanceof Interrupted) {
    console.err(`\nwiregrade: ${signal.reason.message}; every server was ended.\n`);
    return signal.reason.exitCode;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    console.err(`wiregrade: ${describeMisuse(error)}\n`);
    return 2;
  }
  if (error instanceof UsageError) {
    console.err(`wiregrade: ${error.message}\n`);
    return 2;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.err(
    `wiregrade: the grader broke; this is not your bug. Please report these lines.\n${stack}\n`,
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
  'check',
  'repeat',
  'load',
];

function refuseSwallowed({ underNpm, environment }: Console): void {
  const option = SWALLOWED.find((name) => environment[`npm_config_${name}`] !== undefined);
  if (!underNpm || option === undefined) return;
  throw new UsageError(
    `npm kept --${option} to itself; write -- before the options, as in npm run grade week02 -- --${option} ...`,
  );
}

/** Commander's own words, and where to find the right ones. */
function describeMisuse({ code, message }: CommanderError): string {
  const help =
    'npx wiregrade --help shows all commands, and npx wiregrade grade --help all options.';
  if (code === 'commander.help')
    return `name a command: grade, next, release, verify or new-lab; ${help}`;
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
    environment: env,
    color: !forbidden && (forced || rewrites),
    rewrites,
    width: Math.max(40, Math.min(stdout.columns || 80, 100)),
    signal,
    underNpm: env.npm_lifecycle_event !== undefined,
  };
}

function defineCommands(console: Console, end: (code: ExitCode) => void): Command {
  const program = new Command('wiregrade')
    .description('Grades servers that students build from raw sockets.')
    .version(readVersion())
    .exitOverride()
    .configureOutput({
      writeOut: console.out,
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .showHelpAfterError(false);
  const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];
  program
    .command('grade')
    .description('grade one submission, or a server that already runs')
    .argument('<lab>', 'for example week02')
    .argument('[stage...]', 'stages to grade; all of them if none is named')
    .option('--from <dir>', 'the submission (default: labs/LAB here)')
    .option('--solutions', 'grade the worked solutions')
    .option('--url <url>', 'grade a server that already runs, at http://host:port')
    .option('--web <dir>', 'the folder that the server at --url serves')
    .addOption(
      new Option('--runtime <ext=cmd>', 'run programs of an extension by a command')
        .argParser(collect)
        .default([], 'node, python3, sh'),
    )
    .addOption(
      new Option('--format <name[=file]>', 'terminal or json, to stdout or a file')
        .argParser(collect)
        .default([], 'terminal'),
    )
    .option('--only <check>', 'ask one check, and those it builds on')
    .addOption(new Option('--all', 'show every failure').conflicts('brief'))
    .option('--brief', 'show the table and the sum only')
    .option('--seed <n>', 'repeat the random names and contents of an earlier run')
    .option('--jobs <n>', 'how many programs may be starting at once (default: the cores)')
    .option('--ports <from-to>', 'the ports to choose from')
    .addOption(
      new Option('--sandbox <kind>', 'run the programs in a sandbox: bwrap or none')
        .choices(['bwrap', 'none', 'within'])
        .default('none'),
    )
    .action(async (lab: string, stages: string[], options: GradeOptions) => {
      end(await gradeCommand({ lab, stages }, options, console));
    });
  program
    .command('next')
    .description('go on: copy your stage over the untouched starter of the next one')
    .argument('<lab>', 'for example week02')
    .argument('[stage]', 'the stage to begin (default: the first that is not started)')
    .option('--from <dir>', 'the submission (default: labs/LAB here)')
    .option('--force', 'replace work that is there, and keep a backup of it')
    .action(async (lab: string, stage: string | undefined, options: NextOptions) => {
      end(await nextCommand({ lab, stage }, options, console));
    });
  program
    .command('release')
    .description('write the starters and the table of points from the solutions and the checks')
    .argument('[lab]', 'for example week02; all of them if none is named')
    .option('--check', 'write nothing; fail where something is out of step')
    .action(async (lab: string | undefined, options: { readonly check?: boolean }) => {
      end(await releaseCommand(lab, options, console));
    });
  program
    .command('new-lab')
    .description('write a small lab, with its solutions and proofs, to be changed')
    .argument('<id>', 'the name of its folders, for example week04')
    .action(async (id: string) => {
      end(await newLabCommand(id, console));
    });
  program
    .command('verify')
    .description('prove that the labs hold together: right programs pass, wrong ones fail')
    .argument('[lab]', 'for example week02; all of them if none is named')
    .option('--repeat <n>', 'grade every program this often, each time with another seed')
    .option('--load', 'keep every core busy meanwhile')
    .option('--only <text>', 'grade the programs whose name holds this text')
    .option('--seed <n>', 'the seed of the first grading')
    .option('--jobs <n>', 'how many programs may be starting at once (default: the cores)')
    .action(async (lab: string | undefined, options: VerifyOptions) => {
      end(await verifyCommand(lab, options, console));
    });
  return program;
}
