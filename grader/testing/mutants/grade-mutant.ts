import { randomInt } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSubmission } from '../../course/find-submission.ts';
import { loadLab } from '../../course/load-lab.ts';
import { gradeFolder } from '../../grade/grade-folder.ts';
import { planGrading } from '../../grade/plan.ts';
import type { StageResult } from '../../model/result.ts';
import { choosePlatform } from '../../run/platform/choose.ts';
import { DEFAULT_PORTS } from '../../run/ports.ts';
import { readRuntimes } from '../../run/runtimes.ts';
import { editSolution, type TestSubmission } from '../submission.ts';
import type { Mutant } from './mutant.ts';

/** What the grader makes of a mutant. */
export interface Verdict {
  /** The checks that failed, each with its code, `http_serve2/body: truncated`. */
  readonly failures: readonly string[];
  /** What the grader itself could not do, with its stacks. */
  readonly broken: readonly string[];
  /** The processes of the mutant that still live. */
  readonly processes: readonly number[];
}

/** What the grader should make of a mutant. */
export function expectedVerdict({ stage, fails, code, codes }: Mutant): Verdict {
  const failures = fails.map((id) => `${stage}/${id}: ${codes?.[id] ?? code}`);
  return { failures, broken: [], processes: [] };
}

/**
 * Makes the submission of a mutant.
 *
 * @throws Error where an edit's text does not stand in the solution exactly once
 */
export function makeMutant({ stage, edit, files = {} }: Mutant): TestSubmission {
  const submission = editSolution(stage, edit);
  for (const [path, content] of Object.entries(files)) {
    const file = join(submission.folder, path);
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
  }
  return submission;
}

/** Grades the stage of a mutant within this process. */
export async function gradeMutant(mutant: Mutant): Promise<Verdict> {
  const { folder, remove } = makeMutant(mutant);
  try {
    const stages = await gradeMarked(folder, mutant.stage);
    return {
      failures: describeFailures(stages, expectedVerdict(mutant)),
      broken: stages
        .flatMap(({ checks }) => checks)
        .flatMap(({ outcome }) => (outcome.status === 'broken' ? [outcome.error] : [])),
      processes: await choosePlatform(process.platform).findFamily({ leader: 0, mark: folder }),
    };
  } finally {
    remove();
  }
}

/** What nobody expected is told with its summary, so that a test's report shows what happened. */
function describeFailures(stages: readonly StageResult[], expected: Verdict): string[] {
  return stages
    .flatMap(({ checks }) => checks)
    .flatMap(({ id, outcome }) => {
      if (outcome.status !== 'failed') return [];
      const { code, summary, output = '' } = outcome.diagnosis;
      const failure = `${id}: ${code}`;
      return expected.failures.includes(failure) ? failure : [`${failure}: ${summary} ${output}`];
    });
}

/** Every process of the program, even one that leaves its family, has its folder as HOME. */
async function gradeMarked(folder: string, stage: string): Promise<readonly StageResult[]> {
  const lab = await loadLab('week02');
  return gradeFolder({
    lab,
    planned: planGrading(lab, [stage], undefined),
    submission: findSubmission(folder, lab.id),
    runtimes: readRuntimes([]),
    ports: DEFAULT_PORTS,
    jobs: availableParallelism(),
    seed: randomInt(2 ** 31),
    now: () => new Date(),
    environment: { ...process.env, HOME: folder },
    temporary: tmpdir(),
    onStage: () => undefined,
    signal: new AbortController().signal,
  });
}
