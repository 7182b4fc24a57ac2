import { randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, relative, resolve } from 'node:path';
import type { CellKind } from '../cell/cells.ts';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { labFolder } from '../course/project.ts';
import { composeResult } from '../grade/compose-result.ts';
import { listGivenFiles } from '../grade/grade-folder.ts';
import { gradeUrl, reachUrl } from '../grade/grade-url.ts';
import { planGrading, type PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import type { FailuresShown } from '../model/choose-failures.ts';
import { DEFAULT_PORTS, readPortRange } from '../run/ports.ts';
import { chooseRuntimes } from './choose-runtimes.ts';
import { chooseFolder, refuseForeignFolder } from './choose-submission.ts';
import type { Console } from './console.ts';
import { gradeSandboxed } from './grade-sandboxed.ts';
import { readCount } from './read-count.ts';

/** The options that choose what is graded and how, as they are typed. */
export interface Choice {
  readonly from?: string;
  readonly solutions?: boolean;
  readonly url?: string;
  readonly web?: string;
  readonly runtime: readonly string[];
  readonly only?: string;
  readonly seed?: string;
  readonly jobs?: string;
  readonly ports?: string;
  /** What the programs run in; within: this grader runs in a cell already. */
  readonly sandbox: CellKind | 'none' | 'within';
  readonly image: string;
  /** Of a grader that runs in a cell: how many file systems for copies it has. */
  readonly rooms?: string;
  /** Of one that runs in a container: where others are asked for. */
  readonly through?: string;
}

/** What is to be graded, and who is told of it. */
export interface Asked {
  readonly lab: string;
  readonly stages: readonly string[];
  readonly choice: Choice;
  /** The failures behind which the program's own line is looked for; undefined: none. */
  readonly traced?: FailuresShown | undefined;
  /** Told once all of the input has been found good: which stages there will be. */
  readonly begin?: (lab: Pick<LabResult, 'lab' | 'title'>, stages: readonly string[]) => void;
  /** Told of each stage as it ends. */
  readonly onStage?: (stage: StageResult) => void;
}

/** The result of a grading, and the lab that it is of. */
export interface Answered {
  readonly lab: Lab;
  readonly result: LabResult;
}

/** Grades one submission, or a server that already runs. */
export async function gradeAsked(asked: Asked, console: Console): Promise<Answered> {
  const { stages, choice, onStage = () => undefined } = asked;
  const startedAt = new Date();
  const beganAt = performance.now();
  const seed = readCount('--seed', choice.seed, randomInt(2 ** 31));
  const lab = await loadLab(asked.lab);
  const planned = planGrading(lab, stages, choice.only);
  const begin = (): void => {
    const ids = planned.map(({ stage }) => stage.id);
    asked.begin?.({ lab: lab.id, title: lab.title }, ids);
  };
  const stageNamed = stages.length > 0 || choice.only?.includes('/') === true;
  const { traced } = asked;
  const run = { lab, planned, choice, traced, console, seed, stageNamed, begin, onStage };
  const graded = await (choice.url === undefined
    ? gradeSubmission(run)
    : gradeRunning(run, choice.url));
  const result = composeResult(graded.stages, {
    ...{ lab, seed, startedAt, durationMs: performance.now() - beganAt },
    // What a grader in a cell says of itself is not looked at.
    sandbox: choice.sandbox === 'within' ? 'none' : choice.sandbox,
    submission: { id: graded.id, path: graded.path },
  });
  return { lab, result };
}

interface Run {
  readonly lab: Lab;
  readonly planned: readonly PlannedStage[];
  readonly choice: Choice;
  readonly traced: FailuresShown | undefined;
  readonly console: Console;
  readonly seed: number;
  /** Whether the user said which stage is meant. */
  readonly stageNamed: boolean;
  /** Called once all of the input has been found good. */
  readonly begin: () => void;
  readonly onStage: (stage: StageResult) => void;
}

interface Graded {
  readonly id: string;
  readonly path: string;
  readonly stages: readonly StageResult[];
}

async function gradeSubmission(run: Run): Promise<Graded> {
  const { lab, planned, choice, traced, console, seed, onStage } = run;
  if (choice.web !== undefined) {
    throw new UsageError(
      '--web goes with --url: it names the folder that a running server serves.',
    );
  }
  const path = chooseFolder(lab, choice);
  const submission = findSubmission(path, lab.id);
  const { environment, signal } = console;
  const jobs = readCount('--jobs', choice.jobs, availableParallelism());
  const ports = choice.ports === undefined ? DEFAULT_PORTS : readPortRange(choice.ports);
  const { sandbox } = choice;
  const runtimes = await chooseRuntimes(choice.runtime, { environment, sandbox });
  refuseForeignFolder(path, { lab, submission, runtimes });
  run.begin();
  const temporary = environment.TMPDIR ?? tmpdir();
  const folder = { lab, planned, submission, runtimes, ports, jobs, seed };
  const stages = await gradeSandboxed({
    ...{ ...folder, now: () => new Date(), environment, temporary, onStage, signal },
    traced,
    sandbox,
    image: choice.image,
    rooms: readCount('--rooms', choice.rooms, 0),
    through: choice.through,
    typed: choice.runtime,
    only: choice.only,
  });
  return { id: basename(submission.root), path: relative('.', submission.root) || '.', stages };
}

async function gradeRunning(
  { lab, planned, choice, seed, stageNamed, begin, onStage }: Run,
  url: string,
): Promise<Graded> {
  if (choice.from !== undefined || choice.solutions === true) {
    throw new UsageError(
      '--url grades a server that already runs; leave out --from and --solutions.',
    );
  }
  if (!stageNamed) {
    throw new UsageError(
      `--url needs the stage that the server is of: for example ${lab.id} ${lab.stages[0]?.id ?? ''}.`,
    );
  }
  if (choice.sandbox !== 'none') {
    throw new UsageError(
      '--sandbox is for programs that the grader starts; leave it out with --url.',
    );
  }
  const started = (['runtime', 'jobs', 'ports'] as const).find(
    (each) => (choice[each] ?? []).length > 0,
  );
  if (started) {
    throw new UsageError(
      `--${started} is for programs that the grader starts; leave it out with --url.`,
    );
  }
  const web = choice.web === undefined ? undefined : resolve(choice.web);
  if (web !== undefined && !statSync(web, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `--web ${choice.web ?? ''} is no folder; name the folder the server serves.`,
    );
  }
  const address = await reachUrl(url);
  begin();
  const givenFiles = listGivenFiles(lab);
  const now = (): Date => new Date();
  const stages = await gradeUrl(planned, {
    address,
    web,
    lab: labFolder(lab.id),
    givenFiles,
    seed,
    now,
    onStage,
  });
  return { id: url, path: url, stages };
}
