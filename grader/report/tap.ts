import { stringify } from 'yaml';
import type { CheckResult, LabResult } from '../model/result.ts';
import { nameCheck, sumUp, tellCheck } from './plain-text.ts';
import { showLine } from './show-text.ts';

/**
 * TAP 14, a test point a check. What was not asked, not judged, or broke is skipped, which no harness
 * takes for a failure; a bonus that was not earned is a TODO, which may fail.
 */
export function renderTap(result: LabResult): string {
  const checks = result.stages.flatMap((stage) => stage.checks);
  return [
    'TAP version 14',
    `1..${String(checks.length)}`,
    ...checks.flatMap((check, index) => writePoint(result.lab, check, index + 1)),
    ...sumUp(result).map((line) => `# ${line}`),
    '',
  ].join('\n');
}

function writePoint(lab: string, check: CheckResult, number: number): readonly string[] {
  const { ok, directive } = judge(check);
  const name = nameCheck(check).replace(/[\\#]/g, '\\$&');
  const line = `${ok ? 'ok' : 'not ok'} ${String(number)} - ${name}${directive}`;
  return [line, ...writeDiagnostics(lab, check)];
}

/** The words of a directive are ours alone: the reason is among the diagnostics. */
function judge({ bonus, outcome }: CheckResult): { ok: boolean; directive: string } {
  switch (outcome.status) {
    case 'passed':
      return { ok: true, directive: '' };
    case 'failed':
      return { ok: false, directive: bonus ? ' # TODO a bonus is not required' : '' };
    case 'skipped':
      return { ok: true, directive: ' # SKIP not asked' };
    case 'not-judged':
      return { ok: true, directive: ' # SKIP not judged' };
    case 'broken':
      return { ok: true, directive: ' # SKIP the grader broke here, not your program' };
  }
}

function writeDiagnostics(lab: string, check: CheckResult): readonly string[] {
  const { outcome, points, earned } = check;
  const [message, ...details] = tellCheck(lab, check);
  if (message === undefined) return [];
  const diagnosis = outcome.status === 'failed' ? outcome.diagnosis : undefined;
  const record = {
    message,
    severity: diagnosis ? 'fail' : 'comment',
    ...(diagnosis && { code: diagnosis.code }),
    ...(diagnosis?.source && {
      at: { ...diagnosis.source, file: showLine(diagnosis.source.file) },
    }),
    points: { earned, possible: points },
    ...(details.length > 0 && { details: details.join('\n').trim() }),
  };
  const yaml = stringify(record, { lineWidth: 0 });
  return [
    '  ---',
    ...yaml
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`.trimEnd()),
    '  ...',
  ];
}
