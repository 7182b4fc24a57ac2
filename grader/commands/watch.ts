import { randomInt } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, relative } from 'node:path';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { labFolder } from '../course/project.ts';
import { composeResult } from '../grade/compose-result.ts';
import { gradeFolder } from '../grade/grade-folder.ts';
import { planGrading } from '../grade/plan.ts';
import { watchSources } from '../live/watch/grader-sources.ts';
import { keepGrading } from '../live/watch/keep-grading.ts';
import { takeSnapshot } from '../live/watch/snapshot.ts';
import { watchFiles } from '../live/watch/watch-files.ts';
import { DEFAULT_PORTS, readPortRange } from '../run/ports.ts';
import { chooseRuntimes } from './choose-runtimes.ts';
import { chooseFolder, refuseForeignFolder } from './choose-submission.ts';
import { DEFAULT_IMAGE } from './default-image.ts';
import type { Console, ExitCode } from './console.ts';
import { terminalOptions } from './terminal-options.ts';
import { watchReports } from './watch-reports.ts';

/** The options of `watch`, as they are typed. */
export interface WatchCommandOptions {
  readonly from?: string;
  readonly solutions?: boolean;
  readonly runtime: readonly string[];
  readonly ports?: string;
  readonly poll?: boolean;
}

/** Grades a submission, and then each stage whose files are saved, until Ctrl-C. */
export async function watchCommand(
  { lab: labId, stages }: { readonly lab: string; readonly stages: readonly string[] },
  options: WatchCommandOptions,
  console: Console,
): Promise<ExitCode> {
  const { environment, signal, out } = console;
  const lab = await loadLab(labId);
  const planned = planGrading(lab, stages, undefined);
  const from = chooseFolder(lab, options);
  const runtimes = await chooseRuntimes(options.runtime, { environment, sandbox: 'none' });
  const ports = options.ports === undefined ? DEFAULT_PORTS : readPortRange(options.ports);
  const submission = findSubmission(from, lab.id);
  refuseForeignFolder(from, { lab, submission, runtimes });
  const now = (): Date => new Date();
  const seed = randomInt(2 ** 31);
  const asked = {
    lab: lab.id,
    stages,
    choice: { ...options, sandbox: 'none', image: DEFAULT_IMAGE } as const,
  };
  const reports = watchReports({
    lab,
    planned,
    now,
    out,
    terminal: terminalOptions(asked, console),
    compose: (graded, { startedAt, durationMs }) =>
      composeResult(graded, {
        ...{ lab, seed, startedAt, durationMs, sandbox: 'none' },
        submission: {
          id: basename(submission.root),
          path: relative('.', submission.root) || '.',
        },
      }),
    watched: relative('.', submission.root) || '.',
  });
  const trouble = new AbortController();
  const poll = options.poll === true;
  const onFault = (error: Error): void => {
    trouble.abort(error);
  };
  const folders = [...new Set([submission.root, labFolder(lab.id)])];
  const outdated = new AbortController();
  const watchers = [
    watchFiles({ folders, poll, onFault }),
    watchSources(lab, {
      ...{ poll, onFault },
      onChange: () => {
        outdated.abort();
      },
    }),
  ] as const;
  const jobs = availableParallelism();
  try {
    const [changes] = await Promise.all(watchers);
    return await keepGrading({
      ...reports,
      changes,
      signal: AbortSignal.any([signal, trouble.signal, outdated.signal]),
      snapshot: () => takeSnapshot({ from, lab, planned, runtimes }),
      grade: ({ stages: chosen, ...grading }) =>
        gradeFolder({
          ...{ lab, runtimes, ports, jobs, seed, now, environment, ...grading },
          planned: planned.filter(({ stage }) => chosen.includes(stage.id)),
          temporary: environment.TMPDIR ?? tmpdir(),
        }),
    });
  } catch (error) {
    if (trouble.signal.aborted) throw trouble.signal.reason;
    // Ctrl-C is how a watch ends.
    if (signal.aborted) {
      out('\n');
      return 0;
    }
    if (!outdated.signal.aborted) throw error;
    out(`\nThe grader, or what it checks in ${lab.id}, has changed: begun anew.\n\n`);
    return 'again';
  } finally {
    // Where one could not be opened, the other is closed all the same.
    for (const opened of await Promise.allSettled(watchers)) {
      if (opened.status === 'fulfilled') await opened.value.close();
    }
  }
}
