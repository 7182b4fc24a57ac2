import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { BatchRecord } from '../../model/gradebook.ts';
import { repositoryOf } from '../fetch/fetch-fork.ts';
import type { Work } from '../fetch/stage-work.ts';
import { showLine } from '../../report/show-text.ts';
import { openRecords } from '../records.ts';
import { faultOfId } from '../roster/check-id.ts';

/** The work of a student, as a batch graded it. */
export interface RecordedWork {
  readonly record: BatchRecord;
  readonly work: Work;
}

/**
 * Finds what a batch graded of a student: the commit in its repositories, or the folder.
 *
 * @param out the folder of the batch, absolute
 * @throws UsageError where there is nothing of that student
 */
export function findWork(out: string, id: string, lab: string): RecordedWork {
  if (!existsSync(join(out, 'records'))) {
    throw new UsageError(`${out} holds no grades; run npm run batch first, or name it by --out.`);
  }
  const record = faultOfId(id) === undefined ? openRecords(out).read(id) : undefined;
  if (!record) {
    throw new UsageError(
      `nothing is recorded of a student ${JSON.stringify(id)} in ${out}; ids are in ${join(out, 'gradebook.csv')}.`,
    );
  }
  const { outcome, source, commit, path, key } = record;
  // Without a key, it did not come as far as to be staged.
  if (commit === undefined && key === '') {
    const reason = 'reason' in outcome ? showLine(outcome.reason) : 'it was not fetched';
    throw new UsageError(`there is nothing of ${id} to look at: ${reason}.`);
  }
  if (commit === undefined) return { record, work: { from: 'folder', folder: source, lab, path } };
  const repository = repositoryOf(source, join(out, 'repositories'));
  if (!existsSync(repository)) {
    throw new UsageError(
      `the repository of ${id} is not in ${join(out, 'repositories')} any more; run the batch again.`,
    );
  }
  return { record, work: { from: 'repository', repository, commit, lab, path } };
}
