import type { Confine } from '../run/confine.ts';
import type { Platform } from '../run/platform/platform.ts';

/** What a grading needs so that its programs run in cells. */
export interface Cell {
  readonly confine: Confine;
  /** File systems of limited size for the throwaway copies, one a stage; none: there is no limit. */
  readonly rooms: readonly string[];
  /** How its processes are found, where not as anywhere on this system. */
  readonly platform?: Platform;
  /** True: its processes and its files are gone with the grader, however that ends. */
  readonly endsWithGrader?: boolean;
}
