import { HALF_SAVED_MS, untilChange } from './until-change.ts';
import type { Snapshot, StageSnapshot } from './snapshot.ts';
import type { FileChanges } from './watch-files.ts';

export interface FollowSavesOptions {
  readonly changes: FileChanges;
  /** What has been told of already. */
  readonly before: Snapshot;
  readonly snapshot: () => Snapshot;
  readonly stage: string;
  /** Told of the files that are known to have been saved. */
  readonly onSave: (paths: readonly string[]) => void;
  readonly onUnusable: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Tells whenever what a stage depends on has been saved. @throws what ends it */
export async function followSaves(options: FollowSavesOptions): Promise<never> {
  const { changes, signal, stage } = options;
  const read = (now: Snapshot): StageSnapshot | undefined => {
    if (now.state === 'unusable') options.onUnusable(now.message);
    return now.state === 'taken' ? now.stages.get(stage) : undefined;
  };
  let seen = read(options.before);
  for (;;) {
    const paths = [...(await untilChange(changes, signal))];
    let now = read(options.snapshot());
    if (now?.hasProgram === false) {
      paths.push(...(await untilChange(changes, signal, HALF_SAVED_MS)));
      now = read(options.snapshot());
    }
    if (!now || now.fingerprint === seen?.fingerprint) continue;
    seen = now;
    options.onSave([...new Set(paths)]);
  }
}
