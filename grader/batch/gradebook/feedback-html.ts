import { TEMPLATES } from '../../course/templates.ts';
import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import type { LabResult } from '../../model/result.ts';
import { renderPage } from '../../report/html/render-page.ts';
import { viewFrame } from './feedback-view.ts';
import { standingOf } from './standing.ts';

/** One student's feedback: the page of their result, with whose it is and where they stand above it. */
export function renderFeedbackHtml(
  title: BatchTitle,
  record: BatchRecord,
  result: LabResult | undefined,
): string {
  const graded = 'grade' in standingOf(record) ? result : undefined;
  const { heading, student, ...frame } = viewFrame(title, record, graded);
  const again = (stage: string): string => `npm run grade ${title.lab} ${stage}`;
  return renderPage(
    { ...frame, name: `Feedback on ${heading}`, over: heading, title: student, next: [] },
    graded?.stages ?? [],
    { templates: TEMPLATES, again },
  );
}
