import { seededRandom } from '../../lab/random.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';
import type { CheckResult, LabResult, Outcome, StageResult } from '../../model/result.ts';
import { sumChecks, sumPoints } from '../../model/score.ts';
import { makeResult } from '../believable-result.ts';

const ALL_RIGHT = makeResult('ada', 200, seededRandom(1, 'all right'));

const NO_PORT: Outcome = {
  status: 'broken',
  error: 'MachineFault: no port is free\n    at choosePort (ports.ts:31:9)',
};

/** One of each way that a check can end, and a stage that was not begun. */
const MIXED = withOutcomes(ALL_RIGHT, {
  'echo_server/line': {
    status: 'passed',
    remarks: ['It printed 14 lines for each request.'],
  },
  'http_serve2/status-line': failWith('lf-only'),
  'http_serve2/body': { status: 'skipped', because: 'it builds on http_serve2/status-line' },
  'http_serve2/date': failWith('missing-header'),
  'http_serve5/images': failWith('crashed'),
  'http_serve5/not-found': failWith('wrong-status'),
  'http_serve5/stays-inside': {
    status: 'not-judged',
    because: 'the server at --url has no files of ours',
  },
});

/** The same three results, of which every format has its golden text. */
export const THREE_RESULTS: readonly { readonly name: string; readonly result: LabResult }[] = [
  { name: 'all-right', result: ALL_RIGHT },
  {
    name: 'mixed',
    result: { ...withLastNotStarted(MIXED), submission: { id: 'ben', path: 'labs/week02' } },
  },
  {
    name: 'broken',
    result: withOutcomes(ALL_RIGHT, {
      'echo_server/listens-where-told': NO_PORT,
      'echo_server/line': NO_PORT,
      'http_serve2/body': failWith('length-in-characters'),
      'http_serve5/images': NO_PORT,
    }),
  },
];

/** Nothing was judged, since the grader broke everywhere. */
export const NOTHING_JUDGED = withOutcomes(
  ALL_RIGHT,
  Object.fromEntries(checksOf(ALL_RIGHT).map(({ id }) => [id, NO_PORT])),
);

export function withOutcomes(
  result: LabResult,
  outcomes: Readonly<Record<string, Outcome>>,
): LabResult {
  return withStages(
    result,
    result.stages.map((stage) => {
      const checks = stage.checks.map((check) => withOutcome(check, outcomes[check.id]));
      return { ...stage, checks, points: sumChecks(checks) };
    }),
  );
}

/** An outcome as a server brings it about that makes a certain mistake. */
export function failWith(code: DiagnosisCode): Outcome {
  const results = Array.from({ length: 60 }, (_, seed) =>
    makeResult('x', 20 + (seed % 60), seededRandom(seed, 'failure')),
  );
  const outcomes = results.flatMap(checksOf).map(({ outcome }) => outcome);
  const found = outcomes.find(
    (outcome) => outcome.status === 'failed' && outcome.diagnosis.code === code,
  );
  if (!found) throw new Error(`nobody makes the mistake ${code}`);
  return found;
}

function withOutcome(check: CheckResult, outcome: Outcome | undefined): CheckResult {
  if (!outcome) return check;
  return { ...check, outcome, earned: outcome.status === 'passed' ? check.points : 0 };
}

function withLastNotStarted(result: LabResult): LabResult {
  const because = 'the program is still the starter';
  return withStages(
    result,
    result.stages.map((stage, index) => {
      if (index < result.stages.length - 1) return stage;
      const checks = stage.checks.map((check) =>
        withOutcome(check, { status: 'skipped', because }),
      );
      return { ...stage, status: 'not-started', durationMs: 0, checks, points: sumChecks(checks) };
    }),
  );
}

function withStages(result: LabResult, stages: readonly StageResult[]): LabResult {
  return { ...result, stages, points: sumPoints(stages.map(({ points }) => points)) };
}

function checksOf({ stages }: LabResult): readonly CheckResult[] {
  return stages.flatMap((stage) => stage.checks);
}
