import { join } from 'node:path';

/** What of the grader's own folder programs may be shown: a loader, and what calls functions. */
export function listLent(project: string): readonly string[] {
  return ['node_modules', 'grader/run/call'].map((folder) => join(project, folder));
}
