import { TEMPLATES } from '../../course/templates.ts';
import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import type { LabResult } from '../../model/result.ts';
import { renderFailure } from '../../report/markdown/failure.ts';
import { writeCells, writeCode, writeFence, writeProse } from '../../report/markdown/write.ts';
import { viewFeedback } from './feedback-view.ts';

/** One student's feedback in Markdown, as a forge shows it. */
export function renderFeedbackMarkdown(
  title: BatchTitle,
  record: BatchRecord,
  result: LabResult | undefined,
): string {
  const view = viewFeedback(title, record, result);
  return TEMPLATES.fill('feedback.md.ejs', {
    heading: writeProse(view.heading),
    student: writeProse(view.student),
    score: writeProse(view.score),
    lead: view.lead.map(writeProse),
    reason: view.reason.length > 0 ? [writeFence(view.reason)] : [],
    // A table without rows is no table.
    sums: view.sum.length > 0 ? [view.sum.map(writeCells)] : [],
    lateness: view.lateness.map(writeProse),
    stageTables: view.stages.length > 0 ? [view.stages.map(writeCells)] : [],
    failureParts: view.failures.length > 0 ? [view.failures.map(renderFailure)] : [],
    asides: view.asides.map(({ heading, lead, items }) => ({
      heading,
      lead: writeProse(lead),
      items: items.map(({ id, text }) => `${writeCode(id)}: ${writeProse(text)}`),
    })),
    facts: view.facts.map(({ label, value }) => `${label}: ${writeCode(value)}`),
  });
}
