import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import type { LabResult } from '../../model/result.ts';
import { viewFeedback } from './feedback-view.ts';
import { fillTemplate, inlineFiles } from './page.ts';

/** One student's feedback as a page that stands alone, and runs nothing. */
export function renderFeedbackHtml(
  title: BatchTitle,
  record: BatchRecord,
  result: LabResult | undefined,
): string {
  const view = viewFeedback(title, record, result);
  const inline = inlineFiles('feedback', { hasScript: false });
  return fillTemplate('feedback.html.ejs', { ...view, ...inline });
}
