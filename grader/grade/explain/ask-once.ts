import type { Check } from '../../lab/check.ts';
import type { ServerUnderTest } from '../../lab/server.ts';
import type { Recorder } from '../../wire/recorder.ts';
import type { ProgramTarget } from '../program-target.ts';

/** What a check is asked of once more, to learn about a failure. Nothing of it is counted. */
export interface AskedOnce {
  /** Released when the check has been asked. */
  readonly server: ServerUnderTest;
  readonly recorder: Recorder;
  readonly target: ProgramTarget;
  /** The same for checks that build on one another. */
  readonly common: object;
}

/** Asks a check, with what it was asked with before. @throws what the check throws */
export async function askOnce(
  check: Check,
  { server, recorder, target, common }: AskedOnce,
): Promise<void> {
  try {
    await check.ask({
      ...target.common,
      stage: common,
      server,
      call: target.call(recorder, { alone: true, hadCompany: false }),
      random: target.random(check.id),
      rest: () => Promise.resolve(),
      remark: () => undefined,
    });
  } finally {
    await server.release();
  }
}
