import { join } from 'node:path';
import type { Lab } from '../lab/check.ts';
import { fullId } from '../model/check.ts';
import type { BatchRecord, BatchTitle } from '../model/gradebook.ts';
import type { LabResult, Sandbox } from '../model/result.ts';
import { feedbackFile } from './gradebook/feedback-file.ts';
import { renderFeedbackHtml } from './gradebook/feedback-html.ts';
import { renderFeedbackMarkdown } from './gradebook/feedback-markdown.ts';
import { renderGradebookCsv } from './gradebook/gradebook-csv.ts';
import { renderGradebookHtml } from './gradebook/gradebook-html.ts';
import { renderSummary } from './gradebook/summary.ts';
import { writeDurably } from './write-durably.ts';

/** What all pages of a batch say at their top. */
export function titleOf(
  { id, title, stages }: Lab,
  { deadline, sandbox }: { readonly deadline: Date | undefined; readonly sandbox: Sandbox },
): BatchTitle {
  const checks = stages.flatMap((stage) => stage.checks);
  const add = (bonus: boolean): number =>
    checks
      .filter((check) => (check.bonus ?? false) === bonus)
      .reduce((sum, { points }) => sum + points, 0);
  return {
    lab: id,
    title,
    stages: stages.map((stage) => ({
      id: stage.id,
      title: stage.title,
      checks: stage.checks.map((check) => ({
        id: fullId(stage, check),
        title: check.title,
        points: check.points,
        bonus: check.bonus ?? false,
      })),
    })),
    possible: { earned: 0, possible: add(false), bonusEarned: 0, bonusPossible: add(true) },
    ...(deadline && { deadline: deadline.toISOString() }),
    sandbox,
  };
}

/** Writes what one student reads. */
export function writeFeedback(
  out: string,
  title: BatchTitle,
  { record, result }: { readonly record: BatchRecord; readonly result: LabResult | undefined },
): void {
  const { id } = record.student;
  writeDurably(join(out, feedbackFile(id, 'md')), renderFeedbackMarkdown(title, record, result));
  writeDurably(join(out, feedbackFile(id, 'html')), renderFeedbackHtml(title, record, result));
}

/** Writes what the instructor reads. */
export function writeGradebook(
  out: string,
  title: BatchTitle,
  records: readonly BatchRecord[],
): void {
  writeDurably(join(out, 'gradebook.csv'), renderGradebookCsv(title, records));
  writeDurably(join(out, 'gradebook.html'), renderGradebookHtml(title, records));
  writeDurably(join(out, 'summary.json'), renderSummary(title, records));
}
