import type { Student } from '../../model/gradebook.ts';

/** By what Canvas finds a student: it tries these in turn, and the name at last. Empty where unknown. */
export interface CanvasIds {
  readonly id: string;
  readonly sisUserId: string;
  readonly sisLoginId: string;
}

/** One student's work, and where it is. */
export interface RosterEntry {
  readonly student: Student;
  /** What `repo` names: a git repository to fetch from, or a plain folder to copy. */
  readonly kind: 'repository' | 'folder';
  /** An https:// address, or an absolute path. */
  readonly repo: string;
  /** A branch, a tag or a commit; where it is given, no deadline chooses the commit. */
  readonly ref?: string;
  /** The folder of the lab in it, with `/` between names. */
  readonly path?: string;
  /** Where the roster has one of them. */
  readonly canvas?: CanvasIds;
  /** Its line in the roster; 0 where it comes from no roster. */
  readonly line: number;
}
