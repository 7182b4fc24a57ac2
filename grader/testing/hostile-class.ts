import { summarize } from '../batch/summarize.ts';
import { seededRandom } from '../lab/random.ts';
import { recordBytes } from '../model/bytes.ts';
import type { BatchOutcome, BatchRecord } from '../model/gradebook.ts';
import type { CheckResult, LabResult, Outcome } from '../model/result.ts';
import { TITLE, type BelievableClass } from './believable-class.ts';
import { makeResult, STARTED_AT } from './believable-result.ts';
import { HOSTILE_IDS, HOSTILE_STRINGS } from './hostile-strings.ts';

/**
 * Makes a class in which all that comes from outside is hostile. Each string is the name, the
 * address, the section and the whole output of one student whose work was graded, and the reason
 * that there is no grade for three others.
 */
export function makeHostileClass(): BelievableClass {
  const results = new Map<string, LabResult>();
  const records = HOSTILE_STRINGS.flatMap(({ text }, index) => {
    const result = spoil(makeResult('hostile', 50, seededRandom(index, 'hostile')), text);
    const idOf = (kind: number): string =>
      HOSTILE_IDS[index * OUTCOMES + kind] ?? `h${String(index)}-${String(kind)}`;
    results.set(idOf(0), result);
    const outcomes: readonly BatchOutcome[] = [
      { status: 'graded', grade: summarize(result.stages, { penalty: 5, lateness: LATENESS }) },
      { status: 'nothing', reason: text },
      { status: 'refused', reason: text },
      { status: 'broken', reason: text },
    ];
    return outcomes.map((outcome, kind) => recordOf(idOf(kind), text, outcome));
  });
  return { title: TITLE, records, results };
}

const OUTCOMES = 4;

const LATENESS = {
  submittedAt: '2026-10-02T23:04:00.000Z',
  dueAt: '2026-10-01T21:59:00.000Z',
  ...{ lateSeconds: 90_300, penaltyDays: 1, slipDaysUsed: 1 },
};

function recordOf(id: string, text: string, outcome: BatchOutcome): BatchRecord {
  return {
    schema: 'wiregrade/batch-record/1',
    student: { id, name: text, email: text, section: text },
    ...{ source: text, commit: text, key: text, gradedAt: STARTED_AT, outcome, history: [] },
  };
}

/** Puts the text wherever a student, or a student's program, has a say. */
export function spoil(result: LabResult, text: string): LabResult {
  return {
    ...result,
    submission: { id: text, path: text },
    stages: result.stages.map((stage, index) => ({
      ...stage,
      status: 'graded',
      program: text,
      remarks: [text],
      checks: stage.checks.map((check) => spoilCheck(check, index, text)),
    })),
  };
}

function spoilCheck(check: CheckResult, stage: number, text: string): CheckResult {
  const others: readonly Outcome[] = [
    { status: 'skipped', because: text },
    { status: 'not-judged', because: text },
    { status: 'broken', error: text },
    { status: 'passed', remarks: [text] },
  ];
  const other = check.id.endsWith('y') ? others[stage % others.length] : undefined;
  return { ...check, outcome: other ?? failWith(text) };
}

function failWith(text: string): Outcome {
  const evidence = { label: text, bytes: recordBytes(Buffer.from(text)) };
  return {
    status: 'failed',
    diagnosis: {
      ...{ code: 'wrong-return', proven: false, summary: text, caption: text, note: text },
      ...{ expected: evidence, received: evidence, offset: 3, length: 2, output: text },
      source: { file: text, line: 1, column: 1 },
    },
    hints: ['A question.', 'What is meant by it.', 'Nearly the answer.'],
    spec: { name: 'RFC 9112, section 4', title: 'Status Line', url: 'javascript:hacked=1' },
    transcript: [],
    reproduce: `printf '${text}' | nc localhost $PORT`,
  };
}
