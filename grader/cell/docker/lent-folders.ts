import { join } from 'node:path';

/** What of the grader's own folder programs may be shown: a loader, what calls functions, and what notes lines. */
export function listLent(project: string): readonly string[] {
  return ['node_modules', 'grader/run/call', 'grader/run/trace'].map((folder) =>
    join(project, folder),
  );
}
