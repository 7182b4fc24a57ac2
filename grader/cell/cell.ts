import type { Confine } from '../run/confine.ts';

/** What a grading needs so that its programs run in cells. */
export interface Cell {
  readonly confine: Confine;
  /** File systems of limited size for the throwaway copies, one a stage; none: there is no limit. */
  readonly rooms: readonly string[];
}
