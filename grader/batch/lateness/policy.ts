export const SECONDS_A_DAY = 24 * 60 * 60;

/** What a thing costs: points, or a share of the points that were earned. */
export type Cost =
  | { readonly unit: 'points'; readonly points: number }
  | { readonly unit: 'percent'; readonly percent: number };

/** More time for one student: until a moment, or by a span. */
export type Extension =
  { readonly kind: 'until'; readonly at: Date } | { readonly kind: 'by'; readonly seconds: number };

/** What is allowed to one student. */
export interface Allowance {
  readonly extension?: Extension;
  /** In place of the lab's own. */
  readonly slipDays?: number;
}

/** What late work of one lab costs. */
export interface LatePolicy {
  /** Undefined where nothing is due. */
  readonly deadline: Date | undefined;
  /** Seconds that are forgiven: clocks differ, and so do uploads. */
  readonly graceSeconds: number;
  /** For each day that has begun. */
  readonly perDay: Cost | undefined;
  /** The most that is taken. */
  readonly cap: Cost | undefined;
  /** Late days that cost nothing, of this lab alone: what was used in other labs is not known. */
  readonly slipDays: number;
  /** By id, folded by `foldId`. */
  readonly students: ReadonlyMap<string, Allowance>;
}

/** Nothing is due, and nothing is taken. */
export const NO_POLICY: LatePolicy = {
  deadline: undefined,
  graceSeconds: 0,
  perDay: undefined,
  cap: undefined,
  slipDays: 0,
  students: new Map(),
};
