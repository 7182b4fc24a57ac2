import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorkRefused } from '../batch/fetch/work-refused.ts';
import type { Lab } from '../lab/check.ts';
import { worstVerdict, type CiLab, type CiRecord } from '../model/ci-record.ts';
import { MachineFault } from '../model/errors.ts';
import type { LabResult, Sandbox } from '../model/result.ts';
import { listCourseFiles } from './course-files.ts';
import { fetchPull, type FetchPullOptions, type PullRequest } from './fetch-pull.ts';
import { judgeResult, type Judgement } from './judge-result.ts';
import { listChanges } from './list-changes.ts';
import type { Requirement } from './requirement.ts';
import { sortChanges, type LabFiles, type SortedChanges } from './sort-changes.ts';
import { stageLab } from './stage-lab.ts';

/** What came of grading the staged work of one lab. */
export type Graded =
  | LabResult
  /** Refused: its author can mend it. Broken: we must. */
  | { readonly status: 'refused' | 'broken'; readonly reason: string };

export interface GradePullOptions extends Omit<FetchPullOptions, 'scratch'> {
  /** The labs of this course. */
  readonly labs: readonly Lab[];
  /** Labs to grade, touched or not; empty for those that the pull request touches. */
  readonly chosen: readonly string[];
  readonly requirement: Requirement;
  /** As it was typed. */
  readonly require: string;
  readonly sandbox: Sandbox;
  /** The folder for what is fetched and staged, for as long as this takes. */
  readonly temporary: string;
  readonly grade: (lab: Lab, work: { folder: string; commit: string }) => Promise<Graded>;
}

/**
 * Grades a pull request with this grader, and takes nothing from it but its author's work.
 *
 * @throws UsageError where one of its sides is no git repository; the signal's reason
 */
export async function gradePull(options: GradePullOptions): Promise<CiRecord> {
  const scratch = mkdtempSync(join(options.temporary, 'wiregrade-pull-'));
  try {
    const pull = await fetchPull({ ...options, scratch });
    const { require, sandbox } = options;
    const facts = { schema: 'wiregrade/ci/1', head: pull.head, base: pull.base } as const;
    const judged = pull.status === 'fetched' ? await judgePull(pull, options, scratch) : tell(pull);
    return { ...facts, require, sandbox, ...judged };
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Judged = Pick<CiRecord, 'verdict' | 'reason' | 'labs' | 'ignored'>;

/** The verdict on a pull request of which nothing could be graded. */
function tell({ status, reason }: { status: 'refused' | 'broken'; reason: string }): Judged {
  const verdict = status === 'refused' ? 'failed' : 'broken';
  const told = `The pull request was not graded: ${reason}.`;
  return { verdict, reason: told, labs: [], ignored: { paths: [], more: 0 } };
}

async function judgePull(
  pull: PullRequest,
  options: GradePullOptions,
  scratch: string,
): Promise<Judged> {
  const { labs, chosen } = options;
  const files = labs.map((lab) => ({ id: lab.id, courseFiles: listCourseFiles(lab) }));
  const changes = await compare(pull, files, options);
  if ('status' in changes) return tell(changes);
  const wanted = chosen.length > 0 ? chosen : changes.touched;
  const judged: CiLab[] = [];
  for (const lab of labs.filter(({ id }) => wanted.includes(id))) {
    const courseFiles = files.find(({ id }) => id === lab.id)?.courseFiles ?? new Set();
    judged.push(await judgeLab({ lab, courseFiles, pull, into: join(scratch, lab.id) }, options));
  }
  const verdict = worstVerdict(judged.map((lab) => lab.verdict));
  return { verdict, reason: sumUp(judged), labs: judged, ignored: changes.ignored };
}

async function compare(
  pull: PullRequest,
  files: readonly LabFiles[],
  options: GradePullOptions,
): Promise<SortedChanges | { readonly status: 'refused' | 'broken'; readonly reason: string }> {
  try {
    return sortChanges(await listChanges(pull, options), files);
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof WorkRefused) return { status: 'refused', reason: error.message };
    if (error instanceof MachineFault) return { status: 'broken', reason: error.message };
    throw error;
  }
}

function sumUp(labs: readonly CiLab[]): string {
  if (labs.length === 0)
    return 'The pull request changes no work in a lab, so there is nothing to grade.';
  return labs.map(({ lab, reason }) => `${lab}: ${reason}`).join(' ');
}

async function judgeLab(
  work: { lab: Lab; courseFiles: ReadonlySet<string>; pull: PullRequest; into: string },
  { environment, signal, grade, requirement }: GradePullOptions,
): Promise<CiLab> {
  const { lab, courseFiles, pull, into } = work;
  const files = { id: lab.id, courseFiles };
  const staged = await stageLab(pull, files, { into, environment, signal });
  if (staged.status !== 'staged') return { lab: lab.id, ...refuse(staged) };
  const graded = await grade(lab, { folder: into, commit: pull.head });
  if ('status' in graded) return { lab: lab.id, ...refuse(graded) };
  return { lab: lab.id, ...judgeResult(graded, requirement), result: graded };
}

/** Work that there is not, or that may not be taken in, is its author's to mend. */
function refuse({
  status,
  reason,
}: {
  readonly status: string;
  readonly reason: string;
}): Judgement {
  const told = reason.endsWith('.') ? reason : `${reason}.`;
  return status === 'broken'
    ? { verdict: 'broken', reason: `The grader broke, which is not your bug: ${told}` }
    : { verdict: 'failed', reason: `Not graded: ${told}` };
}
