import type { Child } from './child.ts';
import type { Platform, Thread } from './platform/platform.ts';

/** The share of the time that a program may have been kept waiting for a processor, and be called free. */
const MOST_WAITED = 0.05;
/** The share of the time that the grader may have been kept from this program, by waiting or other work. */
const MOST_AWAY = 0.25;

/** Looking costs more than most answers take to come. */
const FIRST_LOOK_MS = 250;

export interface RunWatch {
  /**
   * Tells whether the program could run whenever it wanted to, and now waits for something that has
   * not happened; false as well where that cannot be known.
   */
  readonly wasFree: () => Promise<boolean>;
  readonly stop: () => void;
}

/**
 * Watches whether a program can run whenever it wants to. What has not come by a deadline is then
 * its own doing: no other work of the machine kept it, or the grader, from running. Who begins a
 * watch stops it.
 */
export function watchRun(child: Child, platform: Platform): RunWatch {
  const look = async (): Promise<Look> => {
    const loop = performance.eventLoopUtilization();
    const prober = platform.readThreads?.([process.pid]).filter(isFirst) ?? [];
    const program = platform.readThreads?.(await child.family()) ?? [];
    return { at: performance.now(), loop, program, prober };
  };
  let first: Promise<Look> | undefined;
  const timer = setTimeout(() => {
    first = look();
    // What is thrown is heard of when somebody asks.
    first.catch(() => undefined);
  }, FIRST_LOOK_MS);
  return {
    wasFree: async () => {
      const before = await first;
      return before !== undefined && wasFreeBetween(before, await look());
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}

interface Look {
  readonly at: number;
  readonly loop: ReturnType<typeof performance.eventLoopUtilization>;
  readonly program: readonly Thread[];
  /** The thread of the grader that speaks with it. */
  readonly prober: readonly Thread[];
}

function wasFreeBetween(before: Look, now: Look): boolean {
  const elapsed = now.at - before.at;
  const { active } = performance.eventLoopUtilization(now.loop, before.loop);
  const away = active + waitedSince(before.prober, now.prober);
  const waited = waitedSince(before.program, now.program);
  return away <= MOST_AWAY * elapsed && waited <= MOST_WAITED * elapsed && isIdle(before, now);
}

function isFirst({ id }: Thread): boolean {
  return id.endsWith(`/${String(process.pid)}`);
}

/** How long threads waited for a processor, in milliseconds; Infinity where that cannot be known. */
function waitedSince(before: readonly Thread[], now: readonly Thread[]): number {
  const left = new Set(now.map(({ id }) => id));
  // Of one that has ended meanwhile nobody knows it any more.
  if (before.length === 0 || before.some(({ id }) => !left.has(id))) return Infinity;
  const sum = (threads: readonly Thread[]): number =>
    threads.reduce((all, { waitedMs }) => all + waitedMs, 0);
  return sum(now) - sum(before);
}

/** Whether all of a program waits for something, and no child of it has come and gone meanwhile. */
function isIdle(before: Look, now: Look): boolean {
  const children = new Map(before.program.map((thread) => [thread.id, thread.children]));
  return now.program.every(
    (thread) => thread.isAsleep && (children.get(thread.id) ?? thread.children) === thread.children,
  );
}
