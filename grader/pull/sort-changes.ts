import type { IgnoredChanges } from '../model/ci-record.ts';

/** A lab, and the paths in its folder that are not a student's to change. */
export interface LabFiles {
  readonly id: string;
  readonly courseFiles: ReadonlySet<string>;
}

export interface SortedChanges {
  /** The labs in which a student's work is changed, by their ids. */
  readonly touched: readonly string[];
  readonly ignored: IgnoredChanges;
}

const MOST_NAMED = 50;

/** Tells the work that a pull request brings from what it changes besides. */
export function sortChanges(paths: readonly string[], labs: readonly LabFiles[]): SortedChanges {
  const touched = new Set<string>();
  const ignored: string[] = [];
  for (const path of paths) {
    const lab = labs.find(({ id }) => path === `labs/${id}` || path.startsWith(`labs/${id}/`));
    if (lab?.courseFiles.has(path.slice(`labs/${lab.id}/`.length)) === false) touched.add(lab.id);
    else ignored.push(path);
  }
  return {
    touched: labs.map(({ id }) => id).filter((id) => touched.has(id)),
    ignored: {
      paths: ignored.slice(0, MOST_NAMED),
      more: Math.max(0, ignored.length - MOST_NAMED),
    },
  };
}
