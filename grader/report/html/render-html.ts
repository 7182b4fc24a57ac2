import type { LabResult } from '../../model/result.ts';
import { verdictOf } from '../../model/score.ts';
import { showLine } from '../show-text.ts';
import { tellGoOn } from '../tell-next.ts';
import { plural, wordNumber, wordPoints, wordTime } from '../words.ts';
import { renderPage, type PageFrame, type PageOptions } from './render-page.ts';

export interface HtmlOptions extends PageOptions {
  /** What is typed to go on to the next stage. */
  readonly goOn: string;
}

/** The report of one grading as an HTML page that stands alone. */
export function renderHtml(result: LabResult, options: HtmlOptions): string {
  return renderPage(frameOf(result, options), result.stages, options);
}

function frameOf(result: LabResult, { goOn }: HtmlOptions): PageFrame {
  const { lab, title, startedAt, submission, stages } = result;
  const failed = countChecks(result, 'failed') > 0;
  return {
    name: showLine(`${lab}, graded ${wordTime(startedAt)}`),
    over: showLine(submission.path),
    title: showLine(`${lab}: ${title}`),
    score: wordPoints(result.points),
    lead: tellLead(result),
    ...{ reason: [], sum: [], lateness: [], asides: [] },
    next: failed
      ? []
      : tellGoOn(stages, goOn)
          .slice(0, 1)
          .map((step) => showLine(step)),
    facts: collectFacts(result),
  };
}

function tellLead(result: LabResult): readonly string[] {
  const [passed, failed, broken] = (['passed', 'failed', 'broken'] as const).map((status) =>
    countChecks(result, status),
  );
  const all =
    result.stages.flatMap(({ checks }) => checks).length - countChecks(result, 'not-judged');
  const sum = `${wordNumber(passed ?? 0)} of ${plural(all, 'check')} passed.`;
  const praise = verdictOf(result) === 'passed';
  return [
    praise ? `${sum} Everything that was asked for works. Well done!` : sum,
    ...(failed ? ['What happened where one failed, and what to try, is told below.'] : []),
    ...(broken
      ? [
          `In ${plural(broken, 'check')} the grader broke. This is not your bug, and it costs you nothing; grade again, and if it comes back, report it with this page.`,
        ]
      : []),
  ];
}

function countChecks({ stages }: LabResult, status: string): number {
  const checks = stages.flatMap((stage) => stage.checks);
  return checks.filter(({ outcome }) => outcome.status === status).length;
}

function collectFacts(result: LabResult): PageFrame['facts'] {
  const { submission, startedAt, durationMs, seed, grader } = result;
  const { version, node, platform, sandbox } = grader;
  return [
    { label: 'From', value: showLine(submission.path) },
    ...(submission.commit === undefined
      ? []
      : [{ label: 'Commit', value: showLine(submission.commit) }]),
    { label: 'Graded', value: `${wordTime(startedAt)}, in ${(durationMs / 1000).toFixed(2)} s` },
    { label: 'Seed', value: String(seed) },
    { label: 'Grader', value: showLine(`${version}, Node ${node}, ${platform}`) },
    { label: 'Sandbox', value: sandbox },
  ];
}
