import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { claimOut } from '../batch/claim-out.ts';
import { gradeStaged } from '../batch/grade-staged.ts';
import { graderKey } from '../batch/grader-key.ts';
import { cameToItsEnd, doneUntilStop, Journal } from '../batch/journal.ts';
import { NO_POLICY, type LatePolicy } from '../batch/lateness/policy.ts';
import { readCourse } from '../batch/lateness/read-course.ts';
import { readDeadline } from '../batch/lateness/read-instant.ts';
import { openSlots } from '../batch/open-slots.ts';
import { openRecords, type Records } from '../batch/records.ts';
import type { RosterEntry } from '../batch/roster/roster-entry.ts';
import { runBatch } from '../batch/run-batch.ts';
import { makeStagingFolder } from '../batch/staging-folder.ts';
import { titleOf, writeFeedback, writeGradebook } from '../batch/write-outputs.ts';
import type { CellOptions } from '../cell/cells.ts';
import { loadLab } from '../course/load-lab.ts';
import { Gate } from '../grade/gate.ts';
import type { Lab } from '../lab/check.ts';
import { printText } from '../model/bytes.ts';
import { UsageError } from '../model/errors.ts';
import type { BatchRecord, BatchTitle } from '../model/gradebook.ts';
import { readRuntimes, type Runtime } from '../run/runtimes.ts';
import { readAgain } from './batch-again.ts';
import { readClassFormats, type ClassFormatOptions, type WriteFormats } from './batch-formats.ts';
import { reportBatch, type BatchProgress } from './batch-progress.ts';
import type { Console, ExitCode } from './console.ts';
import { readClass, type ClassOptions } from './read-class.ts';
import { readCount } from './read-count.ts';
import { requireCell, type SandboxOptions } from './require-cell.ts';

/** The options of `batch`, as they are typed. */
export interface BatchCommandOptions extends ClassOptions, ClassFormatOptions, SandboxOptions {
  readonly out?: string;
  readonly deadline?: string;
  readonly course?: string;
  readonly again: readonly string[];
  readonly runtime: readonly string[];
  readonly slots?: string;
  readonly seed?: string;
}

/** Grades the work of a class, and goes on where an earlier run was stopped. */
export async function batchCommand(
  labId: string,
  options: BatchCommandOptions,
  console: Console,
): Promise<ExitCode> {
  const lab = await loadLab(labId);
  const plan = readPlan(lab, options);
  const entries = await readClass(options, console);
  const again = readAgain(options.again, entries);
  const writeFormats = readClassFormats(options, { out: plan.out, entries });
  const cells = await requireCell(options, console);
  const giveBack = claimOut(plan.out);
  try {
    return await grade(lab, { ...plan, entries, again, writeFormats, cells, options }, console);
  } finally {
    giveBack();
  }
}

interface Plan {
  readonly out: string;
  readonly deadline: Date | undefined;
  readonly policy: LatePolicy;
  readonly slots: number;
  readonly seed: number | undefined;
  readonly runtimes: readonly Runtime[];
}

/** What is typed is read before anything is fetched. */
function readPlan({ id }: Lab, options: BatchCommandOptions): Plan {
  const { deadline, course } = options;
  const file = course ?? (existsSync('course.yaml') ? 'course.yaml' : undefined);
  const policies = file === undefined ? undefined : readCourse(file);
  const cores = availableParallelism();
  return {
    out: resolve(options.out ?? join('grades', id)),
    deadline: deadline === undefined ? undefined : readDeadline(deadline, '--deadline'),
    policy: policies?.labs.get(id) ?? NO_POLICY,
    // One core is left for the coordinator, and for what the system has to do.
    slots: readCount('--slots', options.slots, Math.max(1, cores - 1)),
    seed: options.seed === undefined ? undefined : readCount('--seed', options.seed, 0),
    runtimes: readRuntimes(options.runtime),
  };
}

type Run = Plan & {
  readonly cells: CellOptions | undefined;
  readonly entries: readonly RosterEntry[];
  readonly again: (before: BatchRecord) => boolean;
  readonly writeFormats: WriteFormats;
  readonly options: BatchCommandOptions;
};

async function grade(lab: Lab, run: Run, console: Console): Promise<ExitCode> {
  const { out, entries, policy, deadline } = run;
  const { sandbox } = run.options;
  const records = openRecords(out);
  const progress = reportBatch({ total: entries.length, slots: run.slots }, console);
  const title = titleOf(lab, { deadline: policy.deadline ?? deadline, sandbox });
  const tell = (): readonly BatchRecord[] => {
    const known = listRecords(entries, records);
    try {
      writeGradebook(out, title, known);
      run.writeFormats(title, known);
    } finally {
      progress.end(out, known);
    }
    return known;
  };
  const journal = new Journal(join(out, 'journal.jsonl'));
  try {
    progress.begin(lab, { out, goesOn: !cameToItsEnd(journal.entries), sandbox });
    await gradeAll(lab, { ...run, records, journal, progress, title }, console);
  } catch (error) {
    // Those who are done when the batch is stopped are told of, too.
    tellBeside(error, tell, console);
    throw error;
  } finally {
    journal.close();
  }
  return tell().some(({ outcome }) => outcome.status === 'broken') ? 3 : 0;
}

/** What keeps the outputs from being written must not hide what ended the batch. */
function tellBeside(first: unknown, tell: () => unknown, console: Console): void {
  try {
    tell();
  } catch (error) {
    // One full disk is told once.
    if (first instanceof UsageError && error instanceof UsageError) return;
    const text = error instanceof Error ? error.message : String(error);
    console.err(`wiregrade: the gradebook is not written: ${printText(text)}\n`);
  }
}

type OpenRun = Run & {
  readonly records: Records;
  readonly journal: Journal;
  readonly progress: BatchProgress;
  readonly title: BatchTitle;
};

async function gradeAll(lab: Lab, run: OpenRun, console: Console): Promise<void> {
  const { out, entries, again, options, records, journal, progress, title } = run;
  const { environment, signal } = console;
  const { sandbox } = options;
  const now = (): Date => new Date();
  const { slots, close } = await openSlots({
    count: run.slots,
    cells: run.cells,
    stages: lab.stages.length,
    runtimes: run.runtimes,
    typed: options.runtime,
    environment,
    folder: makeStagingFolder(environment.TMPDIR ?? tmpdir(), join(out, 'staged-in')),
  });
  const end = (): void => void close();
  signal.addEventListener('abort', end);
  const gate = new Gate();
  const done = doneUntilStop(journal.entries, options.again);
  try {
    journal.note({
      event: 'began',
      at: now().toISOString(),
      lab: lab.id,
      students: entries.length,
      again: options.again,
    });
    await runBatch({
      ...{ entries, slots, records, journal, environment, now, signal },
      lab: lab.id,
      deadline: run.deadline,
      policy: run.policy,
      cache: join(out, 'repositories'),
      graderKey: graderKey(lab.id, options),
      again: (before) => !done.has(before.student.id) && again(before),
      grade: (staged, slot) =>
        gradeStaged(staged, slot, {
          ...{ lab, sandbox, gate, now, slots: run.slots },
          seed: () => run.seed ?? randomInt(2 ** 31),
        }),
      writeFeedback: (record, result) => {
        writeFeedback(out, title, { record, result });
      },
      onBegin: progress.onBegin,
      onRecord: progress.onRecord,
    });
    journal.note({ event: 'finished', at: now().toISOString() });
  } finally {
    signal.removeEventListener('abort', end);
    await close();
  }
}

/** In the roster's order, those of whom something is known. */
function listRecords(
  entries: readonly RosterEntry[],
  records: Pick<Records, 'read'>,
): readonly BatchRecord[] {
  return entries.flatMap(({ student }) => records.read(student.id) ?? []);
}
