import type { BatchRecord, Grade } from '../../model/gradebook.ts';

export const STANDINGS = ['graded', 'graded before', 'nothing', 'refused', 'broken'] as const;

/** Where a student stands: as the outcome says, but that a grade outlives a grading that broke. */
export type Standing =
  | { readonly status: 'graded'; readonly grade: Grade; readonly final: number }
  | {
      readonly status: 'graded before';
      readonly final: number;
      readonly gradedAt: string;
      readonly commit: string | undefined;
      readonly reason: string;
    }
  | { readonly status: 'nothing' | 'refused'; readonly reason: string; readonly final: 0 }
  | { readonly status: 'broken'; readonly reason: string };

export function standingOf({ outcome, history }: BatchRecord): Standing {
  switch (outcome.status) {
    case 'graded':
      return { status: 'graded', grade: outcome.grade, final: outcome.grade.final };
    case 'nothing':
    case 'refused':
      return { ...outcome, final: 0 };
    case 'broken': {
      const before = history.at(-1);
      if (!before) return outcome;
      const { final, gradedAt, commit } = before;
      return { status: 'graded before', final, gradedAt, commit, reason: outcome.reason };
    }
  }
}
