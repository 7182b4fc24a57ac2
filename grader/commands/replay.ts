import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, relative } from 'node:path';
import { LiveTranscript } from '../live/transcript/live-transcript.ts';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { composeResult } from '../grade/compose-result.ts';
import { gradeFolder } from '../grade/grade-folder.ts';
import { planGrading, type PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { fullId } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import { verdictOf } from '../model/score.ts';
import { renderVerdict } from '../report/verdict.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import { chooseRuntimes } from './choose-runtimes.ts';
import { chooseFolder } from './choose-submission.ts';
import type { Console, ExitCode } from './console.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { readCount } from './read-count.ts';
import { repeatSubmission, typeCommand } from './type-again.ts';
import { watchWire } from './watch-wire.ts';

/** The options of `replay`, as they are typed. */
export interface ReplayOptions {
  readonly from?: string;
  readonly solutions?: boolean;
  readonly runtime: readonly string[];
  readonly seed?: string;
}

/**
 * Starts a student's server, asks one check of it again, and shows what goes over the wire meanwhile
 * and what comes of it.
 *
 * @param words such as `http_serve2/status-line`, or the two parts of it, or the last alone
 * @throws UsageError where no check, or more than one, is meant
 */
export async function replayCommand(
  { lab: labId, words }: { readonly lab: string; readonly words: readonly string[] },
  options: ReplayOptions,
  console: Console,
): Promise<ExitCode> {
  const startedAt = new Date();
  const beganAt = performance.now();
  const seed = readCount('--seed', options.seed, randomInt(2 ** 31));
  const lab = await loadLab(labId);
  const planned = choosePlan(lab, words.join('/'));
  const submission = findSubmission(chooseFolder(lab, options), lab.id);
  const { environment, signal, out } = console;
  const runtimes = await chooseRuntimes(options.runtime, { environment, sandbox: 'none' });
  const wire = watchWire(planned, new LiveTranscript(console), out);
  const stages = await gradeFolder({
    ...{ lab, planned: [planned], submission, runtimes, seed, environment, signal },
    ports: DEFAULT_PORTS,
    jobs: 1,
    now: () => new Date(),
    temporary: environment.TMPDIR ?? tmpdir(),
    traced: 'all',
    onStage: () => undefined,
    watch: wire.watch,
  });
  wire.end();
  const result = composeResult(stages, {
    ...{ lab, seed, startedAt, sandbox: 'none' },
    durationMs: performance.now() - beganAt,
    submission: { id: basename(submission.root), path: relative('.', submission.root) || '.' },
  });
  const choice = repeatSubmission(options);
  out(
    renderVerdict(result, {
      ...{ color: console.color, width: console.width, detail: 'all', goOn: '' },
      again: ({ stage = planned.stage.id }) =>
        typeCommand({ command: 'grade', words: [lab.id, stage], options: choice }, console),
      hint: (check) =>
        typeCommand({ command: 'hint', words: [lab.id, check], options: choice }, console),
      replay: () => undefined,
    }),
  );
  return EXIT_CODES[verdictOf(result)];
}

/** The one stage and check that are meant, and what that check builds on. */
function choosePlan(lab: Lab, words: string): PlannedStage {
  const all = lab.stages.flatMap((stage) =>
    stage.checks.map((check) => ({ stage, check, id: fullId(stage, check) })),
  );
  const meant = all.filter(({ check, id }) => id === words || check.id === words);
  const [only, another] = meant;
  if (only && another) {
    const ids = meant.map(({ id }) => id).join(', ');
    throw new UsageError(`"${words}" is a check of more than one stage; write one of ${ids}.`);
  }
  const stage = only?.stage.id ?? words.split('/')[0] ?? '';
  const wanted = only ? only.id : words.slice(stage.length + 1);
  if (!only && wanted === '') {
    throw new UsageError(
      `${lab.id} has no check "${words}"; write a stage and a check, such as ${all[0]?.id ?? ''}.`,
    );
  }
  const [planned] = planGrading(lab, [stage], wanted);
  if (!planned) throw new Error(`nothing was planned for ${words}`);
  return planned;
}
