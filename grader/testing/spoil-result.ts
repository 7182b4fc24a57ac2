import { recordBytes } from '../model/bytes.ts';
import type { CheckResult, LabResult, Outcome } from '../model/result.ts';
import type { Transcript } from '../model/transcript.ts';

/** Puts the text wherever a student, or a student's program, has a say. */
export function spoilResult(result: LabResult, text: string): LabResult {
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
    transcript: tellOf(text),
    reproduce: `printf '${text}' | nc localhost $PORT`,
  };
}

function tellOf(text: string): Transcript {
  const said = { atMs: 1, connection: 1, bytes: recordBytes(Buffer.from(text)) };
  return [
    { kind: 'sent', ...said },
    { kind: 'received', ...said },
    { kind: 'called', atMs: 2, connection: 0, call: text, outcome: text },
    { kind: 'exited', atMs: 3, connection: 0, program: text },
  ];
}
