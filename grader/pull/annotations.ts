import type { CiLab, CiRecord } from '../model/ci-record.ts';
import { rankFailures } from '../model/choose-failures.ts';
import type { CheckResult } from '../model/result.ts';
import { MOST_SHOWN, writeCommand } from '../report/github/workflow-command.ts';
import { showLine } from '../report/show-text.ts';
import { tellSummary } from '../report/tell-diagnosis.ts';

/**
 * Writes a verdict as workflow commands of GitHub's, one a line. Each names a file of the pull
 * request where the failure has one.
 */
export function renderAnnotations(record: CiRecord): string {
  const { verdict, reason, labs, ignored } = record;
  const failures = labs.flatMap((lab) => tellFailures(lab).slice(0, MOST_SHOWN));
  const sum = writeCommand({
    name: verdict === 'passed' ? 'notice' : 'error',
    properties: { title: `wiregrade: ${verdict}` },
    message: showLine(reason, 1000),
  });
  const unused = ignored.paths.length > 0 ? [tellIgnored(ignored)] : [];
  return [...failures.slice(0, MOST_SHOWN - 1), ...unused, sum].join('');
}

function tellFailures({ lab, result }: CiLab): readonly string[] {
  const checks = result?.stages.flatMap((stage) => stage.checks) ?? [];
  return rankFailures(checks).flatMap((check) => tellFailure(lab, check));
}

function tellFailure(lab: string, { id, bonus, outcome }: CheckResult): readonly string[] {
  if (outcome.status !== 'failed') return [];
  const { diagnosis } = outcome;
  const { source } = diagnosis;
  const [hint] = outcome.hints;
  const place = source && { file: showLine(`labs/${lab}/${source.file}`), line: source.line };
  const message = [tellSummary(diagnosis), ...(hint === undefined ? [] : [showLine(hint)])];
  return [
    writeCommand({
      name: bonus ? 'warning' : 'error',
      properties: { ...place, title: showLine(id) },
      message: message.join('\n'),
    }),
  ];
}

function tellIgnored({ paths, more }: CiRecord['ignored']): string {
  const named = [...paths.slice(0, 20).map((path) => showLine(path))];
  const rest = paths.length - named.length + more;
  const lines = rest > 0 ? [...named, `and ${String(rest)} more`] : named;
  return writeCommand({
    name: 'warning',
    properties: { title: 'Changed, and without effect' },
    message: lines.join('\n'),
  });
}
