import type { Random } from '../lab/random.ts';
import { recordBytes } from '../model/bytes.ts';
import { rfc } from '../model/check.ts';
import type { CheckResult, LabResult, Outcome, StageResult } from '../model/result.ts';
import { sumChecks, sumPoints } from '../model/score.ts';
import type { Transcript } from '../model/transcript.ts';
import {
  BELIEVABLE_STAGES,
  type BelievableCheck,
  type BelievableStage,
} from './believable-checks.ts';

export const STARTED_AT = '2026-10-02T06:00:00.000Z';

/**
 * Makes the result of one student of a generated class.
 *
 * @param skill from 0 to 100; how far the student gets depends on it, and on luck
 */
export function makeResult(id: string, skill: number, random: Random): LabResult {
  // The weaker, the earlier they stop.
  const reached = Math.ceil((BELIEVABLE_STAGES.length * (skill + 40)) / 100);
  const stages = BELIEVABLE_STAGES.map((stage, index) =>
    index < reached ? gradeStage(stage, skill, random) : notStarted(stage),
  );
  return {
    schema: 'wiregrade/result/1',
    ...{ lab: 'week02', title: 'an HTTP server from raw sockets', seed: 1234567 },
    ...{ startedAt: STARTED_AT, durationMs: 1500 },
    grader: { version: '0.1.0', node: 'v20.19.0', platform: 'linux', sandbox: 'none' },
    submission: { id, path: `/srv/class/${id}` },
    points: sumPoints(stages.map(({ points }) => points)),
    stages,
  };
}

function gradeStage(stage: BelievableStage, skill: number, random: Random): StageResult {
  const checks: CheckResult[] = [];
  for (const check of stage.checks) {
    const before = checks.at(-1);
    const blocked = before && before.outcome.status !== 'passed' && random.integer(3) > 0;
    const outcome: Outcome = blocked
      ? { status: 'skipped', because: `it builds on ${before.id}, which did not pass` }
      : answer(check, skill, random);
    checks.push(recordCheck(stage, check, outcome));
  }
  return {
    ...{ id: stage.id, title: stage.title, status: 'graded', durationMs: 200 },
    program: `${stage.id}/${stage.id}.ts`,
    points: sumChecks(checks),
    remarks: random.integer(8) === 0 ? ['It printed 14 lines for each request.'] : [],
    checks,
  };
}

function notStarted(stage: BelievableStage): StageResult {
  const checks = stage.checks.map((check) =>
    recordCheck(stage, check, { status: 'skipped', because: 'its program was not started' }),
  );
  return {
    ...{ id: stage.id, title: stage.title, status: 'not-started', durationMs: 0 },
    ...{ points: sumChecks(checks), remarks: [], checks },
  };
}

function recordCheck(
  { id }: BelievableStage,
  { name, title, points, bonus = false }: BelievableCheck,
  outcome: Outcome,
): CheckResult {
  const earned = outcome.status === 'passed' ? points : 0;
  return { id: `${id}/${name}`, title, points, bonus, earned, durationMs: 12, outcome };
}

function answer({ difficulty, mistakes }: BelievableCheck, skill: number, random: Random): Outcome {
  if (random.integer(200) === 0)
    return { status: 'broken', error: 'MachineFault: no port is free' };
  if (skill + random.integer(50) - 25 > difficulty) return { status: 'passed' };
  const mistake = mistakes[random.integer(mistakes.length)];
  if (!mistake) return { status: 'passed' };
  const { code, summary, reply, offset, caption } = mistake;
  const crashed = code === 'crashed';
  return {
    status: 'failed',
    diagnosis: {
      ...{ code, summary, proven: code !== 'silent' },
      ...(reply !== undefined && {
        received: { label: 'the answer to GET /', bytes: recordBytes(Buffer.from(reply)) },
      }),
      ...(offset !== undefined && { offset }),
      ...(caption !== undefined && { caption }),
      ...(crashed && {
        output: 'TypeError: path is undefined\n    at answer (http_serve5.ts:31:9)',
        source: { file: 'http_serve5/http_serve5.ts', line: 31, column: 9 },
        note: 'Your server was started again for the checks that follow.',
      }),
    },
    hints: [
      'What does a client expect to read first?',
      'Look at the bytes, with `curl -i`, as they come.',
      "Write Buffer.from('...\\r\\n'), and count with byteLength.",
    ],
    spec: rfc(9112, '4', 'Status Line'),
    transcript: reply === undefined ? [] : exchange(reply),
    reproduce: 'curl -i --path-as-is "http://localhost:$PORT/"',
  };
}

function exchange(reply: string): Transcript {
  const request = 'GET / HTTP/1.1\r\nHost: localhost:18731\r\n\r\n';
  return [
    { kind: 'connected', atMs: 1, connection: 1 },
    { kind: 'sent', atMs: 1, connection: 1, bytes: recordBytes(Buffer.from(request)) },
    { kind: 'received', atMs: 3, connection: 1, bytes: recordBytes(Buffer.from(reply)) },
    { kind: 'closed-by-server', atMs: 4, connection: 1 },
  ];
}
