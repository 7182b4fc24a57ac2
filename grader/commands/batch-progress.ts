import { gradeThatStands } from '../batch/records.ts';
import type { RosterEntry } from '../batch/roster/roster-entry.ts';
import type { Lab } from '../lab/check.ts';
import type { BatchRecord } from '../model/gradebook.ts';
import type { Sandbox } from '../model/result.ts';
import { printText } from '../model/bytes.ts';
import type { Console } from './console.ts';
import { openLiveLines } from './live-lines.ts';

export interface BatchProgress {
  readonly begin: (
    lab: Pick<Lab, 'id' | 'title'>,
    facts: { readonly out: string; readonly goesOn: boolean; readonly sandbox: Sandbox },
  ) => void;
  readonly onBegin: (slot: number, entry: RosterEntry) => void;
  readonly onRecord: (slot: number, record: BatchRecord, before: BatchRecord | undefined) => void;
  readonly end: (out: string, records: readonly BatchRecord[]) => void;
}

/** Tells how far a batch has come: a line a student, and on a terminal one a slot, for what goes on. */
export function reportBatch(
  { total, slots }: { readonly total: number; readonly slots: number },
  console: Console,
): BatchProgress {
  const { out: print } = console;
  const beganAt = performance.now();
  const busy = new Map<number, { readonly id: string; readonly since: number }>();
  let done = 0;
  let graded = 0;
  const live = openLiveLines(console, () => {
    const now = performance.now();
    const perStudent = (now - beganAt) / Math.max(1, done);
    const left = done === 0 ? '' : `, about ${seconds(perStudent * (total - done))} to go`;
    const lines = Array.from({ length: Math.min(slots, total - done) }, (_, slot) => {
      const work = busy.get(slot);
      return work ? `  ${work.id.padEnd(20)} ${seconds(now - work.since)}` : '';
    });
    return [...lines, `  ${String(done)} of ${String(total)} done${left}`];
  });
  return {
    begin: ({ id, title }, { out, goesOn, sandbox }) => {
      const how = sandbox === 'none' ? 'WITHOUT A SANDBOX' : `in cells of ${sandbox}`;
      print(`${id}: ${title}\n`);
      print(`${String(total)} students, ${String(slots)} at once, ${how}, into ${out}\n`);
      print(goesOn ? 'The run before was stopped; what it finished is kept.\n\n' : '\n');
    },
    onBegin: (slot, { student }) => {
      busy.set(slot, { id: student.id, since: performance.now() });
      live.draw();
    },
    onRecord: (slot, record, before) => {
      busy.delete(slot);
      done += 1;
      graded += isNew(record, before) ? 1 : 0;
      live.print(
        `  ${String(done).padStart(String(total).length)}/${String(total)}  ${describe(record, before)}\n`,
      );
    },
    end: (out, records) => {
      live.end();
      const count = (status: BatchRecord['outcome']['status']): number =>
        records.filter(({ outcome }) => outcome.status === status).length;
      const others = (['nothing', 'refused', 'broken'] as const)
        .filter((status) => count(status) > 0)
        .map((status) => `, ${String(count(status))} ${status}`);
      print(
        `\n${String(count('graded'))} graded${others.join('')}; ${String(graded)} of them now, in ${seconds(performance.now() - beganAt)}.\n`,
      );
      if (done < total) print('Stopped; the same command goes on from here.\n');
      print(`\nlook   ${out}/gradebook.html\n`);
    },
  };
}

/** Whether it was graded in this run. */
function isNew({ outcome, gradedAt }: BatchRecord, before: BatchRecord | undefined): boolean {
  const stood = before && gradeThatStands(before);
  return outcome.status === 'graded' && gradedAt !== stood?.gradedAt;
}

/** How it went with one student; of a grade that changed, the old one as well. */
function describe(record: BatchRecord, before: BatchRecord | undefined): string {
  const { student, outcome } = record;
  const id = student.id.padEnd(20);
  if (outcome.status !== 'graded') return `${id} ${outcome.status}: ${printText(outcome.reason)}`;
  const { final, points, penalty } = outcome.grade;
  const late = penalty > 0 ? `, ${String(penalty)} off for lateness` : '';
  const sum = `${String(points.earned)}/${String(points.possible)} +${String(points.bonusEarned)}`;
  if (!isNew(record, before)) return `${id} ${sum}${late} (unchanged)`;
  const stood = before && gradeThatStands(before);
  if (!stood) return `${id} ${sum}${late}`;
  return `${id} ${sum}${late} (${String(stood.grade.final)} -> ${String(final)})`;
}

function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)}s` : `${(ms / 60_000).toFixed(1)} min`;
}
