import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';
import type { Environment } from './environment.ts';
import { findCommand, isExecutable, isFile } from './find-command.ts';

/** Which kind of program a file is, as far as the grader treats kinds differently. */
export type Language = 'typescript' | 'javascript' | 'python' | 'other';

/** How files of one extension are run. The extension is without its dot; empty for executables. */
export interface Runtime {
  readonly extension: string;
  readonly language: Language;
  /** Names or paths to try, in order. Empty: the file is run itself. */
  readonly commands: readonly (readonly [string, ...string[]])[];
}

const NODE = [[process.execPath]] as const;
const PYTHON =
  process.platform === 'win32'
    ? ([['python'], ['py', '-3'], ['python3']] as const)
    : ([['python3'], ['python']] as const);

/** Which command runs which extension, in the order in which candidates are looked for. */
const RUNTIMES: readonly Runtime[] = [
  { extension: 'ts', language: 'typescript', commands: NODE },
  { extension: 'mts', language: 'typescript', commands: NODE },
  { extension: 'js', language: 'javascript', commands: NODE },
  { extension: 'mjs', language: 'javascript', commands: NODE },
  { extension: 'cjs', language: 'javascript', commands: NODE },
  { extension: 'py', language: 'python', commands: PYTHON },
  { extension: 'sh', language: 'other', commands: [['sh']] },
  { extension: '', language: 'other', commands: [] },
];

/**
 * The table of runtimes, with those of `--runtime` in it.
 *
 * @param overrides such as `py=/opt/python2.7/bin/python` or `rb=ruby`
 * @throws UsageError where one is not of the form EXT=COMMAND
 */
export function readRuntimes(overrides: readonly string[]): readonly Runtime[] {
  const given = overrides.map(readOverride);
  const replaced = new Set(given.map(({ extension }) => extension));
  return [...given, ...RUNTIMES.filter(({ extension }) => !replaced.has(extension))];
}

function readOverride(text: string): Runtime {
  const [, extension = '', command = ''] = /^\.?([A-Za-z0-9_]+)=(.+)$/.exec(text) ?? [];
  const [first, ...rest] = isFile(command) ? [command] : command.trim().split(/\s+/);
  if (extension === '' || first === undefined || first === '') {
    throw new UsageError(
      `--runtime ${text} is not of the form EXT=COMMAND; write for example --runtime py=python3.12.`,
    );
  }
  const known = RUNTIMES.find((runtime) => runtime.extension === extension);
  return { extension, language: known?.language ?? 'other', commands: [[first, ...rest]] };
}

/**
 * Finds the command of a runtime on this machine, by its real path: the shim of a version manager
 * costs more than the start of the interpreter itself.
 *
 * @throws UsageError where none of its commands is installed
 */
export async function resolveRuntime(
  runtime: Runtime,
  environment: Environment,
): Promise<readonly string[]> {
  for (const [name, ...args] of runtime.commands) {
    const path = findCommand(name, environment);
    if (path !== undefined)
      return [await seeThroughShim(path, runtime.language, environment), ...args];
  }
  if (runtime.commands.length === 0) return [];
  const names = runtime.commands.map(([name]) => name).join(' or ');
  throw new UsageError(
    `.${runtime.extension} programs need ${names}, which is not installed here; install it, or name another by --runtime ${runtime.extension}=COMMAND.`,
  );
}

async function seeThroughShim(
  path: string,
  language: Language,
  environment: Environment,
): Promise<string> {
  const real = realpathSync(path);
  if (language !== 'python' || !isScript(real)) return path;
  const { execa } = await import('execa');
  const { stdout } = await execa(path, ['-c', 'import sys; print(sys.executable)'], {
    reject: false,
    timeout: 5000,
    env: environment,
    extendEnv: false,
  });
  return isExecutable(stdout) ? stdout : path;
}

function isScript(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(2);
    readSync(file, start);
    return start.toString() === '#!';
  } finally {
    closeSync(file);
  }
}
