import type { RosterEntry } from '../batch/roster/roster-entry.ts';
import { UsageError } from '../model/errors.ts';
import type { BatchRecord } from '../model/gradebook.ts';

/**
 * Reads `--again`: who is graded anew although nothing has changed.
 *
 * @param words `all`, `failed`, `broken`, or ids of students
 * @throws UsageError where an id is on nobody's roster
 */
export function readAgain(
  words: readonly string[],
  entries: readonly RosterEntry[],
): (before: BatchRecord) => boolean {
  const ids = new Set(words.filter((word) => !['all', 'failed', 'broken'].includes(word)));
  const unknown = [...ids].find((id) => !entries.some(({ student }) => student.id === id));
  if (unknown !== undefined) {
    throw new UsageError(
      `--again ${unknown} is neither all, failed nor broken, and no student has that id.`,
    );
  }
  return ({ student, outcome }) => {
    if (words.includes('all') || ids.has(student.id)) return true;
    // What is broken has no grade to keep, and is graded again in any case.
    return words.includes('failed') && (outcome.status !== 'graded' || hasFailed(outcome));
  };
}

function hasFailed({ grade }: Extract<BatchRecord['outcome'], { status: 'graded' }>): boolean {
  return grade.points.earned < grade.points.possible;
}
