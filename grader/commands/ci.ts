import { randomBytes, randomInt } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { tryCells } from '../cell/try/try-cells.ts';
import { findSubmission } from '../course/find-submission.ts';
import { listLabs, loadLab } from '../course/load-lab.ts';
import { PROJECT } from '../course/project.ts';
import { composeResult } from '../grade/compose-result.ts';
import { findPrograms } from '../grade/grade-folder.ts';
import { planGrading } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';
import type { CiRecord } from '../model/ci-record.ts';
import { renderAnnotations } from '../pull/annotations.ts';
import { gradePull, type Graded } from '../pull/grade-pull.ts';
import { readRequirement } from '../pull/requirement.ts';
import { renderPull } from '../pull/render-pull.ts';
import { quoteLog } from '../report/github/quote-log.ts';
import { writeJson } from '../report/write-json.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import { readRuntimes, resolveRuntime, type Runtime } from '../run/runtimes.ts';
import type { Console, ExitCode } from './console.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { gradeSandboxed } from './grade-sandboxed.ts';
import type { SandboxOptions } from './require-cell.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** The options of `ci`, as they are typed. */
export interface CiOptions extends SandboxOptions {
  readonly base: string;
  readonly head: string;
  readonly lab: readonly string[];
  readonly require: string;
  readonly result?: string;
  readonly summary?: string;
  readonly runtime: readonly string[];
}

/** What GitHub takes of a step's summary is 1 MiB. */
const MOST_SUMMARY = 500_000;

/** Grades a pull request: the work is the head's, and all else is the base's, which runs this. */
export async function ciCommand(options: CiOptions, console: Console): Promise<ExitCode> {
  const { result: file, summary } = options;
  refuseForeignBase(options.base);
  refuseUntrusted(options);
  for (const each of [file, summary]) if (each !== undefined) refuseUnwritable(each);
  const labs = await Promise.all(listLabs().map(loadLab));
  const chosen = await Promise.all(options.lab.map(loadLab));
  const requirement = readRequirement(options.require, labs);
  const runtimes = readRuntimes(options.runtime);
  for (const runtime of runtimes.slice(0, options.runtime.length)) {
    await resolveRuntime(runtime, console.environment);
  }
  const trouble = await findTrouble(options, console);
  const record = await gradePull({
    base: PROJECT,
    head: options.head,
    labs,
    chosen: chosen.map(({ id }) => id),
    requirement,
    require: options.require,
    sandbox: options.sandbox,
    temporary: realpathSync(console.environment.TMPDIR ?? tmpdir()),
    environment: console.environment,
    signal: console.signal,
    grade: (lab, work) =>
      trouble === undefined
        ? gradeWork(lab, work, { runtimes, options, console })
        : Promise.resolve({ status: 'broken', reason: trouble }),
  });
  // Every program has ended by now, and what it left behind was swept: what is written stays.
  report(record, options, console);
  return EXIT_CODES[record.verdict];
}

function refuseForeignBase(base: string): void {
  if (!statSync(base, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--base ${base} is no folder; name the checkout of the base branch.`);
  }
  if (realpathSync(base) === realpathSync(PROJECT)) return;
  throw new UsageError(
    `--base ${base} is not where this grader is, which is ${PROJECT}; run npm run ci in the base branch's checkout.`,
  );
}

function refuseUntrusted({ sandbox, iTrustThisCode }: CiOptions): void {
  if (sandbox !== 'none' || iTrustThisCode === true) return;
  throw new UsageError(
    '--sandbox none runs the code of a pull request as you, so that it could change its own verdict; if you mean it, add --i-trust-this-code.',
  );
}

/** What keeps cells from being made here: our trouble, which is not the student's failure. */
async function findTrouble(
  { sandbox, image }: SandboxOptions,
  { environment }: Console,
): Promise<string | undefined> {
  if (sandbox === 'none') return undefined;
  const temporary = environment.TMPDIR ?? tmpdir();
  const cells = { kind: sandbox, image, environment, project: PROJECT, temporary };
  const trial = await tryCells(cells);
  return trial.works ? undefined : `no cell can be made here: ${trial.reason}`;
}

async function gradeWork(
  lab: Lab,
  { folder, commit }: { readonly folder: string; readonly commit: string },
  how: {
    readonly runtimes: readonly Runtime[];
    readonly options: CiOptions;
    readonly console: Console;
  },
): Promise<Graded> {
  const { runtimes, options, console } = how;
  const { sandbox, image } = options;
  const { environment, signal } = console;
  const planned = planGrading(lab, [], undefined);
  const submission = findSubmission(folder, lab.id);
  try {
    findPrograms({ lab, submission, runtimes }, planned);
  } catch (error) {
    // Two programs for one stage, say: the one thing here that is the student's to mend.
    if (error instanceof UsageError) return { status: 'refused', reason: error.message };
    throw error;
  }
  const startedAt = new Date();
  const beganAt = performance.now();
  const seed = randomInt(2 ** 31);
  try {
    const stages = await gradeSandboxed({
      ...{ lab, planned, submission, runtimes, seed, environment, signal, sandbox, image },
      typed: options.runtime,
      through: undefined,
      ports: DEFAULT_PORTS,
      jobs: availableParallelism(),
      now: () => new Date(),
      temporary: environment.TMPDIR ?? tmpdir(),
      onStage: () => undefined,
      explain: 'all',
      only: undefined,
    });
    const durationMs = performance.now() - beganAt;
    const work = { id: lab.id, path: `labs/${lab.id}`, commit };
    return composeResult(stages, { lab, seed, startedAt, durationMs, sandbox, submission: work });
  } catch (error) {
    signal.throwIfAborted();
    complain(lab, error, console);
    return { status: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Keeps the stack of what broke, for those who mend the grader. */
function complain({ id }: Lab, error: unknown, console: Console): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.err(quoteOnGithub(`wiregrade: ${id}: ${stack}\n`, console));
}

function report(record: CiRecord, { result, summary }: CiOptions, console: Console): void {
  const text = renderPull(record, { before: [], most: MOST_SUMMARY });
  if (result !== undefined) writeWhole(result, writeJson(record));
  if (summary !== undefined) writeWhole(summary, text);
  console.out(quoteOnGithub(text, console));
  if (isOnGithub(console)) console.out(renderAnnotations(record));
}

function quoteOnGithub(text: string, console: Console): string {
  return isOnGithub(console) ? quoteLog(text, randomBytes(16).toString('hex')) : text;
}

function isOnGithub({ environment }: Console): boolean {
  return environment.GITHUB_ACTIONS === 'true';
}
