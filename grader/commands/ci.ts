import { randomBytes } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { listLabs, loadLab } from '../course/load-lab.ts';
import { PROJECT } from '../course/project.ts';
import type { Lab } from '../lab/check.ts';
import { tellStack, UsageError } from '../model/errors.ts';
import type { CiRecord } from '../model/ci-record.ts';
import { renderAnnotations } from '../pull/annotations.ts';
import { gradePull } from '../pull/grade-pull.ts';
import { readRequirement } from '../pull/requirement.ts';
import { renderPull } from '../pull/render-pull.ts';
import { quoteLog } from '../report/github/quote-log.ts';
import { writeJson } from '../report/write-json.ts';
import { chooseRuntimes } from './choose-runtimes.ts';
import type { Console, ExitCode } from './console.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { gradePullWork } from './grade-pull-work.ts';
import { chooseCells, findTrouble, refuseUntrusted, type SandboxOptions } from './require-cell.ts';
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
  refuseUntrusted(
    options,
    'the code of a pull request as you, so that it could change its own verdict',
  );
  for (const each of [file, summary]) if (each !== undefined) refuseUnwritable(each);
  const labs = await Promise.all(listLabs().map(loadLab));
  const chosen = await Promise.all(options.lab.map(loadLab));
  const requirement = readRequirement(options.require, labs);
  const { head, require, sandbox, image } = options;
  const { environment, signal } = console;
  const runtimes = await chooseRuntimes(options.runtime, { environment, sandbox });
  const cells = chooseCells(options, console);
  // It is ours to mend, and no failure of the student's.
  const trouble = cells && (await findTrouble(cells));
  const onBroken = ({ id }: Lab, error: unknown): void => {
    console.err(quoteOnGithub(`wiregrade: ${id}: ${tellStack(error)}\n`, console));
  };
  const how = { runtimes, typed: options.runtime, sandbox, image, environment, signal, onBroken };
  const record = await gradePull({
    ...{ base: PROJECT, head, labs, requirement, require, sandbox, environment, signal },
    chosen: chosen.map(({ id }) => id),
    temporary: realpathSync(environment.TMPDIR ?? tmpdir()),
    grade: (lab, work) =>
      trouble === undefined
        ? gradePullWork({ lab, ...work }, how)
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
