import { randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, relative, resolve } from 'node:path';
import { isSubmission, listProgramNames } from '../course/find-programs.ts';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { labFolder } from '../course/project.ts';
import { readVersion } from '../course/version.ts';
import { findPrograms, listGivenFiles, type GradeFolderOptions } from '../grade/grade-folder.ts';
import { gradeUrl, reachUrl } from '../grade/grade-url.ts';
import { planGrading, type PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import { sumPoints, verdictOf } from '../model/score.ts';
import type { FailuresShown } from '../model/shown-failures.ts';
import { DEFAULT_PORTS, readPortRange } from '../run/ports.ts';
import { readRuntimes, resolveRuntime } from '../run/runtimes.ts';
import { chooseFolder } from './choose-folder.ts';
import type { Console, ExitCode } from './console.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { gradeSandboxed } from './grade-sandboxed.ts';
import { readCount } from './read-count.ts';
import { openReports } from './reports.ts';
import { quoteChoice, quoteWord } from './type-again.ts';

/** The options of `grade`, as they are typed. */
export interface GradeOptions {
  readonly from?: string;
  readonly solutions?: boolean;
  readonly url?: string;
  readonly web?: string;
  readonly runtime: readonly string[];
  readonly format: readonly string[];
  readonly only?: string;
  readonly all?: boolean;
  readonly brief?: boolean;
  readonly seed?: string;
  readonly jobs?: string;
  readonly ports?: string;
  /** What the programs run in; within: this grader runs in a cell already. */
  readonly sandbox: 'bwrap' | 'none' | 'within';
}

/** Grades one submission, or a server that already runs. */
export async function gradeCommand(
  { lab: labId, stages }: { readonly lab: string; readonly stages: readonly string[] },
  options: GradeOptions,
  console: Console,
): Promise<ExitCode> {
  const startedAt = new Date();
  const beganAt = performance.now();
  const reports = openReports(
    {
      ...{ lab: labId, stages, choice: repeatChoice(options), ...options },
      replayed: options.url === undefined ? quoteChoice(options) : undefined,
    },
    console,
  );
  const seed = readCount('--seed', options.seed, randomInt(2 ** 31));
  const lab = await loadLab(labId);
  const planned = planGrading(lab, stages, options.only);
  const begin = (): void => {
    reports.begin(
      { lab: lab.id, title: lab.title },
      planned.map(({ stage }) => stage.id),
    );
  };
  const stageNamed = stages.length > 0 || options.only?.includes('/') === true;
  const onStage = reports.onStage;
  const run = { lab, planned, options, console, seed, stageNamed, begin, onStage };
  const graded = await (options.url === undefined
    ? gradeSubmission(run)
    : gradeRunning(run, options.url));
  const result: LabResult = {
    schema: 'wiregrade/result/1',
    lab: lab.id,
    title: lab.title,
    seed,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - beganAt),
    grader: {
      version: readVersion(),
      node: process.version,
      platform: process.platform,
      sandbox: options.sandbox === 'none' ? 'none' : 'bwrap',
    },
    submission: { id: graded.id, path: graded.path },
    points: sumPoints(graded.stages.map(({ points }) => points)),
    stages: graded.stages,
  };
  reports.end(result);
  return EXIT_CODES[verdictOf(result)];
}

/** The options that choose what is graded and how, to be typed again. */
function repeatChoice(options: GradeOptions): string[] {
  const { url, web, ports, sandbox } = options;
  return [
    ...quoteChoice(options),
    ...(url === undefined ? [] : ['--url', quoteWord(url)]),
    ...(web === undefined ? [] : ['--web', quoteWord(web)]),
    ...(ports === undefined ? [] : ['--ports', ports]),
    ...(sandbox === 'bwrap' ? ['--sandbox', sandbox] : []),
  ];
}

interface Run {
  readonly lab: Lab;
  readonly planned: readonly PlannedStage[];
  readonly options: GradeOptions;
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
  const { lab, planned, options, console, seed, onStage } = run;
  if (options.web !== undefined) {
    throw new UsageError(
      '--web goes with --url: it names the folder that a running server serves.',
    );
  }
  const path = chooseFolder(lab, options);
  const submission = findSubmission(path, lab.id);
  const runtimes = readRuntimes(options.runtime);
  const jobs = readCount('--jobs', options.jobs, availableParallelism());
  const ports = options.ports === undefined ? DEFAULT_PORTS : readPortRange(options.ports);
  refuseForeignFolder(path, { lab, submission, runtimes });
  for (const runtime of runtimes.slice(0, options.runtime.length)) {
    await resolveRuntime(runtime, console.environment);
  }
  run.begin();
  const { environment, signal } = console;
  const temporary = environment.TMPDIR ?? tmpdir();
  const folder = { lab, planned, submission, runtimes, ports, jobs, seed };
  const stages = await gradeSandboxed({
    ...{ ...folder, now: () => new Date(), environment, temporary, onStage, signal },
    explain: chooseExplained(options),
    sandbox: options.sandbox,
    only: options.only,
  });
  return { id: basename(submission.root), path: relative('.', submission.root) || '.', stages };
}

async function gradeRunning(
  { lab, planned, options, seed, stageNamed, begin, onStage }: Run,
  url: string,
): Promise<Graded> {
  if (options.from !== undefined || options.solutions === true) {
    throw new UsageError(
      '--url grades a server that already runs; leave out --from and --solutions.',
    );
  }
  if (!stageNamed) {
    throw new UsageError(
      `--url needs the stage that the server is of: for example ${lab.id} ${lab.stages[0]?.id ?? ''}.`,
    );
  }
  if (options.sandbox !== 'none') {
    throw new UsageError(
      '--sandbox is for programs that the grader starts; leave it out with --url.',
    );
  }
  const started = (['runtime', 'jobs', 'ports'] as const).find(
    (each) => (options[each] ?? []).length > 0,
  );
  if (started) {
    throw new UsageError(
      `--${started} is for programs that the grader starts; leave it out with --url.`,
    );
  }
  const web = options.web === undefined ? undefined : resolve(options.web);
  if (web !== undefined && !statSync(web, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `--web ${options.web ?? ''} is no folder; name the folder the server serves.`,
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

/** Lines are looked for behind the failures that a report will tell, and no others. */
function chooseExplained({ all, brief, format }: GradeOptions): FailuresShown | undefined {
  if (all === true || format.some((each) => !each.startsWith('terminal'))) return 'all';
  return brief === true ? undefined : 'first';
}

function refuseForeignFolder(
  path: string,
  search: Pick<GradeFolderOptions, 'lab' | 'submission' | 'runtimes'>,
): void {
  const { id, stages } = search.lab;
  const everything = stages.map((stage) => ({ stage, checks: [] }));
  if (isSubmission([...findPrograms(search, everything).values()])) return;
  const names = listProgramNames(search.submission.root).slice(0, 4).join(', ');
  const there = names === '' ? '' : ` (it has ${names})`;
  const place = `${stages[0]?.id ?? ''}/${stages[0]?.id ?? ''}.ts`;
  throw new UsageError(
    `${path} holds no program of ${id}${there}; programs are looked for as ${place}.`,
  );
}
