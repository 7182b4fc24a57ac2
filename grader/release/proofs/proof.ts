/** What a course is proven by, in the order in which it is shown. */
export const PARTS = [
  'hygiene',
  'solutions',
  'starters',
  'mutants',
  'equivalents',
  'real servers',
] as const;

export type Part = (typeof PARTS)[number];

/** What a grading found of one check that did not pass. */
export interface Finding {
  /** For example `http_serve2/body: truncated`. What is expected is compared with this. */
  readonly line: string;
  /** What else helps an author to see why. */
  readonly detail?: string;
}

/** A program and what the grader must find of it. */
export interface Proof {
  readonly part: Part;
  /** For example `http_serve2 ends its lines with LF alone`. */
  readonly name: string;
  /** A line for each check that must not pass, in the order of the lab. */
  readonly expected: readonly string[];
  /** Grades it once. */
  readonly grade: (seed: number) => Promise<readonly Finding[]>;
  /** Why it cannot be graded on this machine. */
  readonly unavailable?: string;
}

/** One grading of a proof's program. */
export interface ProofRun {
  readonly proof: Proof;
  readonly seed: number;
  readonly found: readonly Finding[];
}

/** Whether a grading found what it must, and nothing else. */
export function holds({ proof, found }: ProofRun): boolean {
  return linesOf(found) === proof.expected.join('\n');
}

/** What was found, as one text that two gradings can be compared by. */
export function linesOf(found: readonly Finding[]): string {
  return found.map(({ line }) => line).join('\n');
}
