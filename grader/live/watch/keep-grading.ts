import { isGone, UsageError } from '../../model/errors.ts';
import type { StageResult } from '../../model/result.ts';
import type { SubmissionFolder } from '../../course/find-submission.ts';
import type { Snapshot, StageSnapshot } from './snapshot.ts';
import { HALF_SAVED_MS, untilChange } from './until-change.ts';
import type { FileChanges } from './watch-files.ts';

type Taken = Extract<Snapshot, { state: 'taken' }>;

/** What is told of a grading that goes on. */
export interface GradingEvents {
  /** A verdict, of files that were still the same when it came. */
  readonly onStage: (result: StageResult) => void;
  /** All that had changed has been graded. */
  readonly onEnd: (stages: readonly string[]) => void;
  /** Nothing can be graded as the files are now. */
  readonly onUnusable: (message: string) => void;
}

export interface KeepGradingOptions extends GradingEvents {
  readonly snapshot: () => Snapshot;
  /** Grades stages until it is told to stop; nothing of it is left when it has settled. */
  readonly grade: (asked: {
    readonly submission: SubmissionFolder;
    readonly stages: readonly string[];
    readonly onStage: (result: StageResult) => void;
    readonly signal: AbortSignal;
  }) => Promise<unknown>;
  readonly changes: FileChanges;
  readonly signal: AbortSignal;
}

/**
 * Grades what has changed since its verdict, again and again, one grading at a time. A change of what
 * is being graded ends that grading; its verdict is never told.
 *
 * @throws what ends it: the signal's reason, or a fault
 */
export async function keepGrading(options: KeepGradingOptions): Promise<never> {
  const { snapshot, changes, signal } = options;
  /** What the last verdict of each stage was given on. */
  const judged = new Map<string, StageSnapshot>();
  let hasWaited = false;
  for (;;) {
    signal.throwIfAborted();
    const now = snapshot();
    const stale = now.state === 'taken' ? findStale(now, judged) : [];
    if (now.state === 'taken' && stale.length > 0) {
      const isHalfSaved = stale.some(
        (id) => judged.get(id)?.hasProgram === true && now.stages.get(id)?.hasProgram !== true,
      );
      if (isHalfSaved && !hasWaited) {
        await untilChange(changes, signal, HALF_SAVED_MS);
        hasWaited = true;
        continue;
      }
      hasWaited = false;
      const isDone = await gradeStale(stale, now, { ...options, judged });
      if (!isDone) continue;
    }
    if (now.state === 'unusable') options.onUnusable(now.message);
    await untilChange(changes, signal);
    hasWaited = false;
  }
}

function findStale(now: Taken, judged: ReadonlyMap<string, StageSnapshot>): readonly string[] {
  return [...now.stages]
    .filter(([id, { fingerprint }]) => judged.get(id)?.fingerprint !== fingerprint)
    .map(([id]) => id);
}

/** @returns false where files have changed meanwhile, so that there is more to grade */
async function gradeStale(
  stale: readonly string[],
  graded: Taken,
  options: KeepGradingOptions & { readonly judged: Map<string, StageSnapshot> },
): Promise<boolean> {
  const { snapshot, grade, changes, signal, judged } = options;
  const stages = new Set(stale);
  const outdated = new AbortController();
  const isOutdated = (ids: Iterable<string>): boolean => {
    const now = snapshot();
    return [...ids].some(
      (id) =>
        now.state !== 'taken' ||
        now.stages.get(id)?.fingerprint !== graded.stages.get(id)?.fingerprint,
    );
  };
  const unlisten = changes.listen(() => {
    if (isOutdated(stages)) outdated.abort(new Error('the files have changed'));
  });
  try {
    await grade({
      submission: graded.submission,
      stages: stale,
      signal: AbortSignal.any([signal, outdated.signal]),
      onStage: (result) => {
        const seen = graded.stages.get(result.id);
        // The event that tells of a change may be on its way.
        if (!seen || outdated.signal.aborted || isOutdated([result.id])) return;
        stages.delete(result.id);
        judged.set(result.id, seen);
        options.onStage(result);
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    if (outdated.signal.aborted || isOutdated(stages)) return false;
    // A file that no verdict depends on, or one that will be back.
    if (isGone(error)) {
      await untilChange(changes, signal, HALF_SAVED_MS);
      return false;
    }
    if (!(error instanceof UsageError)) throw error;
    options.onUnusable(error.message);
    return true;
  } finally {
    unlisten();
  }
  if (stages.size > 0) return false;
  options.onEnd(stale);
  return true;
}
