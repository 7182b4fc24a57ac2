import { randomBytes } from 'node:crypto';
import { extname, join } from 'node:path';
import { callFunctions, type CallGroup } from '../run/call/call.ts';
import type { CallOutcome, CallValue } from '../run/call/outcome.ts';
import { Children } from '../run/children.ts';
import { cleanEnvironment } from '../run/environment.ts';
import { choosePlatform } from '../run/platform/choose.ts';
import { prepareProgram } from '../run/prepare.ts';
import { readRuntimes } from '../run/runtimes.ts';
import { ENVIRONMENT } from './cli.ts';
import { makeSubmission, type TestSubmission } from './submission.ts';

let made: TestSubmission | undefined;

/** Removes the program that was called last. */
export function forgetCalled(): void {
  made?.remove();
}

interface Call {
  readonly name?: string;
  readonly calls?: readonly (readonly CallValue[])[];
  readonly withinMs?: number;
}

const TEXT: CallValue = { type: 'text', value: 'é' };

/** Calls a function `okResponse` of a program, made of one file, with a text. */
export async function call(
  file: string,
  source: string,
  { name = 'okResponse', calls = [[TEXT]], withinMs = 8000 }: Call = {},
): Promise<readonly CallOutcome[]> {
  const [outcomes = []] = await callGroups(file, source, { groups: [{ name, calls }], withinMs });
  return outcomes;
}

/** Calls functions of a program, made of one file, in one process. */
export async function callGroups(
  file: string,
  source: string,
  { groups, withinMs }: { readonly groups: readonly CallGroup[]; readonly withinMs: number },
): ReturnType<typeof callFunctions> {
  made = makeSubmission({ [file]: source });
  const path = join(made.folder, file);
  const runtime = readRuntimes([]).find(({ extension }) => `.${extension}` === extname(file));
  if (!runtime) throw new Error(`nothing runs ${file}`);
  const ready = await prepareProgram(path, runtime, ENVIRONMENT);
  if (ready.state !== 'ready') throw new Error(ready.diagnosis.summary);
  const mark = `wiregrade-test-${randomBytes(8).toString('hex')}.`;
  return callFunctions({
    program: ready.file,
    interpreter: ready.interpreter,
    language: ready.language === 'python' ? 'python' : 'node',
    cwd: made.folder,
    env: cleanEnvironment(ENVIRONMENT, { mark, temporary: made.folder }),
    groups,
    withinMs,
    children: new Children(choosePlatform(process.platform), { mark }),
  });
}
