import type { BatchRecord, Grade, StandingGrade } from '../../model/gradebook.ts';

export const STANDINGS = ['graded', 'graded before', 'nothing', 'refused', 'broken'] as const;

/** Where a student stands: as the outcome says, but that a grade outlives a grading that broke. */
export type Standing =
  | { readonly status: 'graded'; readonly grade: Grade; readonly final: number }
  | (StandingGrade & {
      readonly status: 'graded before';
      readonly final: number;
      readonly reason: string;
    })
  | { readonly status: 'nothing' | 'refused'; readonly reason: string; readonly final: 0 }
  | { readonly status: 'broken'; readonly reason: string };

export function standingOf({ outcome }: BatchRecord): Standing {
  switch (outcome.status) {
    case 'graded':
      return { status: 'graded', grade: outcome.grade, final: outcome.grade.final };
    case 'nothing':
    case 'refused':
      return { ...outcome, final: 0 };
    case 'broken': {
      const { reason, stands } = outcome;
      if (!stands) return { status: 'broken', reason };
      return { ...stands, status: 'graded before', final: stands.grade.final, reason };
    }
  }
}
