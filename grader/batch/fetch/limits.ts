/** What fetching one repository may cost. */
export interface FetchLimits {
  readonly timeMs: number;
  /** On disk, all of its history. */
  readonly bytes: number;
}

export const FETCH_LIMITS: FetchLimits = { timeMs: 120_000, bytes: 512 * 1024 * 1024 };

/** How often the size of what git writes is looked at. */
export const WATCH_EVERY_MS = 100;

/** Of one path, in bytes. */
export const LONGEST_PATH = 1024;
/** Of one name, in bytes; what common file systems take. */
export const LONGEST_NAME = 255;
/** Names that are read, those left out included: a tree of trees can hold billions. */
export const MOST_LISTED = 100_000;
