import { showLine } from '../batch/gradebook/show-text.ts';
import type { CiLab, CiRecord } from '../model/ci-record.ts';
import type { CheckResult } from '../model/result.ts';

/** GitHub shows ten errors and ten warnings of a step, and keeps the rest back. */
const MOST_SHOWN = 10;

/**
 * Writes a verdict as workflow commands of GitHub's, one a line. Each names a file of the pull
 * request where the failure has one.
 */
export function renderAnnotations(record: CiRecord): string {
  const { verdict, reason, labs, ignored } = record;
  const failures = labs.flatMap((lab) => tellFailures(lab).slice(0, MOST_SHOWN));
  const level = verdict === 'passed' ? 'notice' : 'error';
  const sum = writeCommand(level, { title: `wiregrade: ${verdict}` }, showLine(reason, 1000));
  const unused = ignored.paths.length > 0 ? [tellIgnored(ignored)] : [];
  return [...failures.slice(0, MOST_SHOWN - 1), ...unused, sum].map((line) => `${line}\n`).join('');
}

function tellFailures({ lab, result }: CiLab): readonly string[] {
  const checks = result?.stages.flatMap((stage) => stage.checks) ?? [];
  const failed = checks.filter(({ outcome }) => outcome.status === 'failed');
  const required = [...failed].sort((one, other) => Number(one.bonus) - Number(other.bonus));
  return required.flatMap((check) => tellFailure(lab, check));
}

function tellFailure(lab: string, { id, bonus, outcome }: CheckResult): readonly string[] {
  if (outcome.status !== 'failed') return [];
  const { summary, proven, source } = outcome.diagnosis;
  const [hint] = outcome.hints;
  const place = source && { file: `labs/${lab}/${source.file}`, line: String(source.line) };
  const told = proven ? summary : `Possibly: ${summary}`;
  const message = [showLine(told, 1000), ...(hint === undefined ? [] : [showLine(hint)])];
  return [writeCommand(bonus ? 'warning' : 'error', { ...place, title: id }, message.join('\n'))];
}

function tellIgnored({ paths, more }: CiRecord['ignored']): string {
  const named = [...paths.slice(0, 20).map((path) => showLine(path))];
  const rest = paths.length - named.length + more;
  const lines = rest > 0 ? [...named, `and ${String(rest)} more`] : named;
  return writeCommand('warning', { title: 'Changed, and without effect' }, lines.join('\n'));
}

function writeCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const written = Object.entries(properties).map(
    ([key, value]) =>
      `${key}=${escapeText(showLine(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${name} ${written.join(',')}::${escapeText(message)}`;
}

/** What would end the line, or begin an escape. */
function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
