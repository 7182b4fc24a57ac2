import { HALF_SAVED_MS, untilChange } from './until-change.ts';
import type { Snapshot, StageSnapshot } from './snapshot.ts';
import type { FileChanges } from './watch-files.ts';

export interface FollowSavesOptions {
  readonly changes: FileChanges;
  /** What has been told of already. */
  readonly before: Snapshot;
  readonly snapshot: () => Snapshot;
  readonly stage: string;
  /**
   * Told of the files that are known to have been saved.
   *
   * @returns false where files went away meanwhile, so that it has to be told once more
   */
  readonly onSave: (paths: readonly string[]) => boolean;
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
  let isMissed = options.before.state === 'unsettled';
  for (;;) {
    const paths = [...(await untilChange(changes, signal, isMissed ? HALF_SAVED_MS : undefined))];
    isMissed = false;
    let now = read(options.snapshot());
    if (now?.hasProgram === false) {
      paths.push(...(await untilChange(changes, signal, HALF_SAVED_MS)));
      now = read(options.snapshot());
    }
    if (!now || now.fingerprint === seen?.fingerprint) continue;
    isMissed = !options.onSave([...new Set(paths)]);
    if (!isMissed) seen = now;
  }
}
