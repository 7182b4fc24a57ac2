import type { CheckResult, LabResult, StageResult } from '../../model/result.ts';
import { summarizeCheck, tellCheck } from '../plain-text.ts';
import { remarksOf } from '../result-view.ts';
import { showLine } from '../show-text.ts';
import type { XmlElement } from './write-xml.ts';

/** What a check is called, in the same words by every dialect of JUnit. */
export function nameTestcase(
  { lab }: Pick<LabResult, 'lab'>,
  stage: StageResult,
  check: CheckResult,
): Readonly<Record<string, string>> {
  const name = check.id.slice(check.id.indexOf('/') + 1);
  return {
    // GitLab shows it as the suite, and drops a name that comes twice in one.
    classname: `${showLine(lab)}.${showLine(stage.id)}`,
    name: `${showLine(name)}: ${showLine(check.title)}`,
    time: seconds(check.durationMs),
  };
}

/**
 * How a check ended, if it did not pass. What broke is an `error` and never a `failure`; what was not
 * asked, and a bonus that was not earned, is `skipped`, which fails no build.
 */
export function describeOutcome(lab: string, check: CheckResult): readonly XmlElement[] {
  const { outcome, bonus } = check;
  const message = summarizeCheck(lab, check);
  switch (outcome.status) {
    case 'passed':
      return [];
    case 'failed': {
      if (bonus) return [skip(`Not required: ${message}`)];
      const attributes = { message, type: outcome.diagnosis.code };
      // GitLab reads the text and not the message.
      return [{ name: 'failure', attributes, children: [tellCheck(lab, check).join('\n')] }];
    }
    case 'skipped':
    case 'not-judged':
      return [skip(message)];
    case 'broken': {
      const attributes = { message, type: 'grader-broke' };
      return [{ name: 'error', attributes, children: [tellCheck(lab, check).join('\n')] }];
    }
  }
}

/** How many of the test cases hold which outcome. */
export function countOutcomes(
  cases: readonly XmlElement[],
): Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>> {
  const inside = cases.flatMap(({ children = [] }) => children);
  const count = (wanted: string): number =>
    inside.filter((child) => typeof child !== 'string' && child.name === wanted).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

/** What is only remarked, as an element that holds it; none where there is nothing. */
export function printRemarks(checks: readonly CheckResult[]): readonly XmlElement[] {
  const lines = checks.flatMap((check) =>
    remarksOf(check).map((remark) => `${showLine(check.id)}: ${showLine(remark, 1000)}`),
  );
  return lines.length === 0 ? [] : [{ name: 'system-out', children: [lines.join('\n')] }];
}

/** Milliseconds as seconds, with three decimals at most. */
export function seconds(ms: number): string {
  return String(Math.round(ms) / 1000);
}

function skip(message: string): XmlElement {
  return { name: 'skipped', attributes: { message } };
}
