import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import { summarizeClass } from './class-summary.ts';

/**
 * The statistics of a class for other programs. What has no value is null, for example how well a
 * check tells students apart that everyone passed. Shares and means have four decimals.
 */
export function renderSummary(title: BatchTitle, records: readonly BatchRecord[]): string {
  const { statuses, ...summary } = summarizeClass(title, records);
  const { stages, ...named } = title;
  const whole = {
    schema: 'wiregrade/summary/1',
    ...named,
    stages: stages.map((stage) => ({ id: stage.id, title: stage.title })),
    ...summary,
    // The names of the statuses are ours, so that they may be keys; ids are from outside.
    statuses: Object.fromEntries(statuses.map(({ status, students }) => [status, students])),
    final: summary.final ?? null,
    finalOfAll: summary.finalOfAll ?? null,
    checks: summary.checks.map((check) => ({
      ...check,
      discrimination: check.discrimination ?? null,
    })),
  };
  return `${JSON.stringify(whole, roundNumbers, 2).replace(UNSEEN, escapeUnits)}\n`;
}

// JSON leaves them as they are, though they can reorder the lines of a terminal that shows the file.
// They stand in strings only, where an escape means the same.
const UNSEEN = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function roundNumbers(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;
}
