import { seededRandom } from '../lab/random.ts';
import type { CiRecord } from '../model/ci-record.ts';
import type { LabResult } from '../model/result.ts';
import { makeResult } from './believable-result.ts';
import { spoilResult } from './spoil-result.ts';

/** Makes the record of a believable pull request. */
export function makeRecord(change: Partial<CiRecord> = {}): CiRecord {
  const result = makeResult('week02', 50, seededRandom(1, 'record'));
  return {
    schema: 'wiregrade/ci/1',
    head: '1'.repeat(40),
    base: '2'.repeat(40),
    ...{ require: 'all', sandbox: 'bwrap', verdict: 'failed', reason: 'Not complete yet.' },
    labs: [{ lab: 'week02', verdict: 'failed', reason: 'Not complete yet.', result }],
    ignored: { paths: ['grader/cli.ts'], more: 0 },
    ...change,
  };
}

/** Makes a record that somebody forged: the text stands wherever the schema lets it. */
export function makeHostileRecord(text: string): CiRecord {
  const result = forge(makeResult('week02', 50, seededRandom(1, 'record')), text);
  return makeRecord({
    require: text,
    reason: text,
    labs: [
      { lab: text, verdict: 'failed', reason: text, result },
      { lab: text, verdict: 'broken', reason: text },
    ],
    ignored: { paths: [text, text], more: 1 },
  });
}

function forge(result: LabResult, text: string): LabResult {
  const spoilt = spoilResult(result, text);
  return {
    ...spoilt,
    lab: text,
    title: text,
    stages: spoilt.stages.map((stage) => ({
      ...stage,
      id: text,
      title: text,
      checks: stage.checks.map((check) => ({ ...check, id: text, title: text })),
    })),
  };
}
