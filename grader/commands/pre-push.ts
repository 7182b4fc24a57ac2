import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stageWork } from '../batch/fetch/stage-work.ts';
import { findSubmission, type SubmissionFolder } from '../course/find-submission.ts';
import { listLabs, loadLab } from '../course/load-lab.ts';
import { PROJECT } from '../course/project.ts';
import { findPrograms } from '../grade/grade-folder.ts';
import { planGrading, type PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { listPushed, type Pushed } from '../kits/hook/list-pushed.ts';
import { findRepository } from '../kits/hook/read-git.ts';
import { printText } from '../model/bytes.ts';
import { MachineFault, tellStack, UngradableWork, UsageError } from '../model/errors.ts';
import { verdictOf, type Verdict } from '../model/score.ts';
import { readRuntimes } from '../run/runtimes.ts';
import type { Console, ExitCode } from './console.ts';
import { DEFAULT_IMAGE } from './default-image.ts';
import { gradeWork } from './grade-work.ts';
import { openReports } from './reports.ts';

/** The options of `pre-push`, as the hook has them. */
export interface PrePushOptions {
  readonly block?: boolean;
}

/**
 * Grades what git is about to push: of each lab that it changes, the stages that are begun, as they are
 * committed. Only a failure can stop the push, and only where that is wished; a fault of ours never can.
 *
 * @param remote its name, or its address
 */
export async function prePushCommand(
  remote: string,
  { block }: PrePushOptions,
  console: Console,
): Promise<ExitCode> {
  const verdicts = await gradePushed(remote, console).catch((error: unknown): Verdict[] => {
    tellNotGraded('this push', error, console);
    return [];
  });
  if (!verdicts.includes('failed')) return 0;
  console.err(
    block === true
      ? 'wiregrade: not pushed; to push all the same: git push --no-verify\n'
      : 'wiregrade: pushed all the same; this was only to let you know.\n',
  );
  return block === true ? 1 : 0;
}

async function gradePushed(remote: string, console: Console): Promise<Verdict[]> {
  const { environment, signal, input } = console;
  const tools = { environment, signal };
  // Where one folder of hooks is for all repositories, another's work is none of ours.
  const repository = await findRepository('.', tools);
  const ours = await findRepository(PROJECT, { environment: outsideHooks(environment), signal });
  if (realpathSync(repository) !== realpathSync(ours)) return [];
  const options = { folder: '.', remote, labs: listLabs(), ...tools };
  const pushed = await listPushed(await text(input), options);
  const verdicts: Verdict[] = [];
  for (const { commit, lab } of pushed.flatMap(eachLab)) {
    verdicts.push(await gradeLab(lab, { commit, repository }, console));
  }
  return verdicts;
}

/** Of a lab that breaks the grader nothing is known, and the others are graded all the same. */
async function gradeLab(lab: string, work: CommittedWork, console: Console): Promise<Verdict> {
  try {
    return await gradeCommit(await loadLab(lab), work, console);
  } catch (error) {
    tellNotGraded(lab, error, console);
    return 'broken';
  }
}

/** Says why no more is known of what is pushed. @throws the signal's reason */
function tellNotGraded(what: string, error: unknown, { signal, err }: Console): void {
  signal.throwIfAborted();
  const told =
    error instanceof UsageError || error instanceof MachineFault
      ? `: ${printText(error.message)}`
      : `, since the grader broke; this is not your bug. Please report these lines.\n${printText(tellStack(error))}`;
  err(`wiregrade: ${what} is not graded${told}\n`);
}

/** Git tells its hooks which repository is meant; the course's own is to be found by its folder. */
function outsideHooks(environment: Console['environment']): Console['environment'] {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^GIT_(?:DIR|WORK_TREE|COMMON_DIR)$/.test(name),
    ),
  );
}

function eachLab({ commit, labs }: Pushed): readonly { commit: string; lab: string }[] {
  return labs.map((lab) => ({ commit, lab }));
}

interface CommittedWork {
  readonly commit: string;
  /** The repository that it is in. */
  readonly repository: string;
}

async function gradeCommit(
  lab: Lab,
  { commit, repository }: CommittedWork,
  console: Console,
): Promise<Verdict> {
  const { environment, signal } = console;
  const scratch = mkdtempSync(
    join(realpathSync(environment.TMPDIR ?? tmpdir()), 'wiregrade-push-'),
  );
  try {
    const staged = await stageWork(
      { from: 'repository', repository, commit, lab: lab.id, path: `labs/${lab.id}` },
      scratch,
      { environment, signal },
    );
    if (staged.status === 'nothing') return 'passed';
    if (staged.status !== 'staged') {
      // It may name a file as its author called it.
      console.err(`wiregrade: ${lab.id} is not graded: ${printText(staged.reason)}.\n`);
      return staged.status === 'refused' ? 'failed' : 'broken';
    }
    return await gradeStarted(lab, scratch, console);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.err(`wiregrade: ${lab.id} is not graded: ${printText(error.message)}\n`);
    // Two programs for one stage, say; else it is this machine that lacks something.
    return error instanceof UngradableWork ? 'failed' : 'broken';
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function gradeStarted(lab: Lab, folder: string, console: Console): Promise<Verdict> {
  const submission = findSubmission(folder, lab.id);
  const planned = listStarted(lab, submission);
  const ids = planned.map(({ stage }) => stage.id);
  if (ids.length === 0) return 'passed';
  const choice = { runtime: [], sandbox: 'none', image: DEFAULT_IMAGE } as const;
  const asked = { lab: lab.id, stages: [], format: [], brief: true, choice };
  const { begin, onStage, end } = await openReports(asked, console);
  begin({ lab: lab.id, title: lab.title }, ids);
  const work = { lab, submission, path: `labs/${lab.id}`, planned, sandbox: 'none' } as const;
  const result = await gradeWork({ ...work, onStage }, console);
  end(result, { remembers: false });
  return verdictOf(result);
}

function listStarted(lab: Lab, submission: SubmissionFolder): readonly PlannedStage[] {
  const planned = planGrading(lab, [], undefined);
  const programs = findPrograms({ lab, submission, runtimes: readRuntimes([]) }, planned);
  return planned.filter((each) => programs.get(each)?.state === 'found');
}
