import type { CiRecord } from '../model/ci-record.ts';
import { annotateResults } from '../report/github/annotations.ts';
import {
  MOST_SHOWN,
  writeCommand,
  type WorkflowCommand,
} from '../report/github/workflow-command.ts';
import { showLine } from '../report/show-text.ts';

/**
 * Writes a verdict as workflow commands of GitHub's, one a line: what did not pass, each at its place
 * in the pull request, what has no effect there, and the verdict itself.
 */
export function renderAnnotations(record: CiRecord): string {
  const { verdict, reason, labs, ignored } = record;
  const results = labs.flatMap(({ result }) => result ?? []);
  // One of each kind is left for what is said of the whole.
  const { shown } = annotateResults(results, MOST_SHOWN - 1);
  const sum: WorkflowCommand = {
    name: verdict === 'passed' ? 'notice' : 'error',
    properties: { title: `wiregrade: ${verdict}` },
    message: showLine(reason, 1000),
  };
  const unused = ignored.paths.length > 0 ? [tellIgnored(ignored)] : [];
  return [...shown, ...unused, sum].map(writeCommand).join('');
}

function tellIgnored({ paths, more }: CiRecord['ignored']): WorkflowCommand {
  const named = [...paths.slice(0, 20).map((path) => showLine(path))];
  const rest = paths.length - named.length + more;
  const lines = rest > 0 ? [...named, `and ${String(rest)} more`] : named;
  return {
    name: 'warning',
    properties: { title: 'Changed, and without effect' },
    message: lines.join('\n'),
  };
}
