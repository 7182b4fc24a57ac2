import { ServerUnderTest } from '../../lab/server.ts';
import type { Children } from '../../run/children.ts';
import type { Launch } from '../../run/confine.ts';
import { waitUntilReady } from '../../run/ready.ts';
import { serverAt } from '../../run/start.ts';
import { parseNotes, type Note } from '../../run/trace/parse-notes.ts';
import { traceLaunch } from '../../run/trace/trace-launch.ts';
import type { Recorder } from '../../wire/recorder.ts';
import { describeServer } from '../describe-server.ts';

/** A program that was started once more, to see which of its lines does what. */
export interface TracedServer {
  /** The port that it opened. */
  readonly port: number;
  readonly server: (recorder: Recorder) => ServerUnderTest;
  /** Ends it, and gives what it noted. */
  readonly end: () => Promise<readonly Note[]>;
}

export interface StartTracedOptions {
  readonly port: number;
  readonly launch: Launch;
  readonly children: Children;
  /** True where it is known to open another port than the one that it is told. */
  readonly listensElsewhere: boolean;
  readonly withinMs: number;
}

/** More than the notes of an honest program; of a flood nothing is read. */
const MOST_BYTES = 64 * 1024;

/** @returns undefined where it did not come to listen in time; then nothing of it is left */
export async function startTraced(options: StartTracedOptions): Promise<TracedServer | undefined> {
  const { port, launch, children, listensElsewhere, withinMs } = options;
  const child = await children.start(traceLaunch(launch));
  const end = async (): Promise<readonly Note[]> => {
    await children.stopFamily(child);
    const { notes } = child;
    return notes === undefined || notes.size > MOST_BYTES ? [] : parseNotes(notes.text());
  };
  const timer = setTimeout(() => void children.stop(child), withinMs);
  try {
    const ready = await waitUntilReady(child, {
      port,
      withinMs,
      platform: children.platform,
      ...(listensElsewhere && { otherPortMs: 0 }),
    });
    if (ready.state !== 'listening') {
      clearTimeout(timer);
      await end();
      return undefined;
    }
    const running = serverAt(ready.listener, child, port);
    return {
      port: running.address.port,
      server: (recorder) =>
        new ServerUnderTest(describeServer(running, children, recorder), recorder),
      end: () => {
        clearTimeout(timer);
        return end();
      },
    };
  } catch (error) {
    clearTimeout(timer);
    await end();
    throw error;
  }
}
