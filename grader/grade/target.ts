import type { CheckNeed } from '../model/check.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Check } from '../lab/check.ts';
import type { CheckContext } from '../lab/context.ts';
import type { Exit } from '../run/exit.ts';
import type { Random } from '../lab/random.ts';
import type { ServerUnderTest } from '../lab/server.ts';
import type { RunWatch } from '../run/watch-run.ts';
import type { Recorder } from '../wire/recorder.ts';

/** What a stage's checks are asked of: a program that we run, or a server that already runs. */
export interface Target {
  /** What checks use besides the address; the same object for all checks of the stage. */
  readonly common: Omit<CheckContext, 'server' | 'remark' | 'call' | 'rest' | 'random'>;
  /** What checks can use here; one that needs more is not judged. */
  readonly offers: ReadonlySet<CheckNeed>;
  /** Makes the recorder of one asking of a check. */
  readonly record: (check: Check) => Recorder;
  /** A source of randomness for one check, whatever runs beside it. */
  readonly random: (check: string) => Random;
  /** Why the program cannot be started, once that is known. */
  readonly startFailure: Diagnosis | undefined;
  /** Starts the program, and says why that came to nothing; undefined where it listens. */
  readonly start: () => Promise<Diagnosis | undefined>;
  /** Gives a server that lives, or the failure that says why there is none. */
  readonly reach: () => Promise<Reached>;
  /** Processes that crashed by themselves. */
  readonly crashes: readonly Crash[];
  /** How its process ended, once nothing more can be expected of it; undefined while it lives. */
  readonly findDeath: (patienceMs: number) => Promise<Death | undefined>;
  /** Starts the program anew and leaves it alone; says so where it ends all the same. */
  readonly diagnoseUnasked: () => Promise<Diagnosis | undefined>;
  /** Whether the program has left the socket that it was asked at, and listens on another one by now. */
  readonly hasMoved: () => Promise<boolean>;
  /** Marks a moment; what is printed as an error after it can be asked for. */
  readonly markErrors: () => () => Pick<Diagnosis, 'output' | 'source'>;
  /** Calls functions of the program. */
  readonly call: (recorder: Recorder, calling: Calling) => CheckContext['call'];
  /** True where the program opened another port than the one that it was told. */
  readonly listensElsewhere: boolean;
  /**
   * Ends the program, and whatever it started, so that the next check starts it anew. That it did not
   * listen in time is forgotten.
   */
  readonly renew: () => Promise<void>;
  /** Ends what was started; a check that comes later starts it again. */
  readonly stop: () => Promise<void>;
}

/** How functions are called for one asking of a check. */
export interface Calling {
  /** Whether that is to be in a process of its own. */
  readonly alone: boolean;
  /** Set where what others call had been called before, in the same process. */
  hadCompany: boolean;
}

export type Reached =
  | {
      readonly state: 'alive';
      /** Makes the server as one check sees it. */
      readonly server: (recorder: Recorder) => ServerUnderTest;
      /** True where no check has been asked of this process yet. */
      readonly fresh: boolean;
      /** Notes that a check is begun, and gives all that were, and are yet to be, begun on this process. */
      readonly begin: (check: Check) => ReadonlySet<Check>;
      /** Says that a check has sent something to this process, and whether it came to its end there. */
      readonly noteAsked: (check: Check, ended: boolean) => void;
      /** Watches whether the program can run whenever it wants to, until that is stopped. */
      readonly watchRun: () => RunWatch;
      /** Whether checks are still asked of this process, and not of one that took its place. */
      readonly isCurrent: () => boolean;
    }
  | { readonly state: 'dead'; readonly diagnosis: Diagnosis };

/** A crash that was found out when its cause may have been over. */
export interface Crash {
  readonly death: Death;
  /** The last check that had its answer. */
  readonly after: Check;
  /** One that was being asked, where there is one: it is the cause unless it passes once more. */
  readonly during?: Check;
}

/** The end of a student's process. */
export interface Death {
  readonly exit: Exit;
  readonly diagnosis: Pick<Diagnosis, 'output' | 'source'>;
}
