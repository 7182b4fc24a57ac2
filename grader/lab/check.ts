import type { CheckNeed, Hints, Spec } from '../model/check.ts';
import type { DiagnosisCode } from '../model/diagnosis.ts';
import type { CheckContext, PlantedFile } from './context.ts';
import type { Random } from './random.ts';

interface CheckFacts {
  readonly points: number;
  /** True: the points are a bonus, and the check is not required. */
  readonly bonus?: boolean;
  readonly spec?: Spec;
  readonly hints: Hints;
  /** Diagnoses of which its hints say more than the grader's own for these do. */
  readonly knows?: readonly DiagnosisCode[];
  readonly needs?: readonly CheckNeed[];
  /** True: it waits for the clock, and is asked first, so that the others fill the time. */
  readonly waits?: boolean;
}

/** One question put to a student's server. */
export interface Check extends CheckFacts {
  readonly id: string;
  readonly title: string;
  /** The check that this one builds on; where that one does not pass, this one is skipped. */
  readonly after?: Check;
  /** Asks. Throws a CheckFailure where the answer is wrong. */
  readonly ask: (context: CheckContext) => Promise<void>;
}

/** A check that hands something on to those that come after it. */
interface CheckWithAnswer<Answer> extends Check {
  readonly answer: (context: CheckContext) => Answer;
}

type Run<Previous, Answer> = (
  context: CheckContext,
  previous: Previous,
) => Answer | Promise<Answer>;

/**
 * Defines a check. What `run` returns is handed to the checks that follow; a failure that it throws
 * ends it.
 *
 * @param id stable, and unique within its stage
 * @param title what the server does when it is right: `answers GET / with "200 OK"`
 */
export function check<Previous, Answer>(
  id: string,
  title: string,
  options: CheckFacts & {
    readonly after?: CheckWithAnswer<Previous>;
    readonly run: Run<Previous, Answer>;
  },
): CheckWithAnswer<Answer>;
export function check<Previous, Answer>(
  id: string,
  title: string,
  {
    run,
    after,
    ...facts
  }: CheckFacts & {
    readonly after?: CheckWithAnswer<Previous | undefined>;
    readonly run: Run<Previous | undefined, Answer>;
  },
): CheckWithAnswer<Answer> {
  // Each check keeps its own answers, by the run of the stage, so that none loses its type.
  const answers = new WeakMap<object, { readonly value: Answer }>();
  return {
    id,
    title,
    ...facts,
    ...(after && { after }),
    ask: async (context) => {
      answers.set(context.stage, { value: await run(context, after?.answer(context)) });
    },
    answer: (context) => {
      const answer = answers.get(context.stage);
      if (!answer) throw new Error(`the check ${id} has not been asked`);
      return answer.value;
    },
  };
}

/** One program of a lab, and the checks that it must pass. */
export interface Stage {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly Check[];
  /** True: its starter is complete, and graded like any other program. */
  readonly given: boolean;
  /** The folder that the program is started in, relative to the submission's; it holds `web/`. */
  readonly folder: string;
  /**
   * The lab's assets that its server hands out, and nobody else's matter to it; undefined: any of them
   * may. None at all: it is no server for a browser.
   */
  readonly serves?: readonly string[];
  /** Makes the files that are planted in that folder, each under a name. */
  readonly plant: (random: Random) => Readonly<Record<string, PlantedFile>>;
}

type StageParts = Pick<Stage, 'checks'> &
  Partial<Pick<Stage, 'given' | 'folder' | 'serves' | 'plant'>>;

/**
 * Defines a stage.
 *
 * @param parts its checks, in the order in which they are shown; or an object with these and more
 */
export function stage(id: string, title: string, parts: readonly Check[] | StageParts): Stage {
  const {
    checks,
    given = false,
    folder = '.',
    serves,
    plant = () => ({}),
  } = 'checks' in parts ? parts : { checks: parts };
  return { id, title, checks, given, folder, plant, ...(serves && { serves }) };
}

/** A lab: its stages in the order in which a student builds them. */
export interface Lab {
  readonly id: string;
  readonly title: string;
  readonly stages: readonly Stage[];
  /** Files and folders of the lab that programs use; laid under a submission that lacks them. */
  readonly assets: readonly string[];
}

/** Defines a lab. @param id the name of its folder in `labs/` */
export function lab(id: string, title: string, parts: Pick<Lab, 'stages' | 'assets'>): Lab {
  return { id, title, ...parts };
}

/** Whether a value is a lab, as far as a module's export has to be looked at. */
export function isLab(value: unknown): value is Lab {
  return typeof value === 'object' && value !== null && 'stages' in value && 'assets' in value;
}
