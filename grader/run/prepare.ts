import { chmodSync, readFileSync } from 'node:fs';
import type { Diagnosis } from '../model/diagnosis.ts';
import { printText } from '../model/bytes.ts';
import type { Disk, FixedFile } from './confine.ts';
import type { Environment } from './environment.ts';
import { listInterpreterFiles } from './interpreter-files.ts';
import { readShebang } from './shebang.ts';
import { resolveRuntime, type Language, type Runtime } from './runtimes.ts';
import { prepareTypeScript, type EmittedFile } from './typescript.ts';

/** A program that can be started. */
export interface ReadyProgram {
  readonly state: 'ready';
  readonly language: Language;
  /** All but the port. */
  readonly command: readonly [string, ...string[]];
  /** The interpreter and its own arguments; the file itself where it has none. */
  readonly interpreter: readonly [string, ...string[]];
  /** The file that the interpreter is given. */
  readonly file: string;
  readonly emitted?: EmittedFile;
  /** What must stay as it is of the copy, and what it needs besides: its interpreter, a loader. */
  readonly disk: Omit<Disk, 'copy'>;
}

/**
 * Makes a program ready to be started. To be done before anything runs in its copy: what it is to be
 * started as, however often, is read here.
 *
 * @param path its file in the throwaway copy
 * @throws UsageError where its interpreter is not installed
 */
export async function prepareProgram(
  path: string,
  runtime: Runtime,
  environment: Environment,
): Promise<ReadyProgram | { readonly state: 'faulty'; readonly diagnosis: Diagnosis }> {
  const { language } = runtime;
  const [command, ...args] = await resolveRuntime(runtime, environment);
  if (command === undefined) {
    chmodSync(path, 0o755);
    const disk = { fixed: [keep(path)], reads: [] };
    // Its functions are called by the interpreter that its first line names.
    const { language, interpreter } = readShebang(path) ?? {
      language: 'other',
      interpreter: [path],
    };
    return { state: 'ready', language, command: [path], interpreter, file: path, disk };
  }
  if (language !== 'typescript' || command !== process.execPath) {
    return ready(language, [command, ...args], path);
  }
  const prepared = await prepareTypeScript(path);
  if (prepared.state === 'syntax-error') {
    const { message, location } = prepared;
    const diagnosis: Diagnosis = {
      code: 'syntax-error',
      proven: true,
      summary: `Your program has a syntax error, so no server started: ${printText(message.replace(/\.$/, ''))}.`,
      ...(location && { source: location }),
    };
    return { state: 'faulty', diagnosis };
  }
  const interpreter = [command, ...args, ...prepared.args.slice(0, -1)] as const;
  const file = prepared.args.at(-1) ?? path;
  const { emitted } = prepared;
  return {
    ...ready(language, [command, ...interpreter.slice(1)], file),
    ...(emitted && { emitted }),
    disk: {
      fixed: [...new Set([path, file])].map(keep),
      reads: [...listInterpreterFiles(command, language), ...prepared.loader],
    },
  };
}

function ready(
  language: Language,
  interpreter: readonly [string, ...string[]],
  file: string,
): ReadyProgram {
  const disk = { fixed: [keep(file)], reads: listInterpreterFiles(interpreter[0], language) };
  return { state: 'ready', language, command: [...interpreter, file], interpreter, file, disk };
}

function keep(path: string): FixedFile {
  return { path, bytes: readFileSync(path) };
}
