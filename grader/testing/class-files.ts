import { feedbackFile } from '../batch/gradebook/feedback-file.ts';
import { renderFeedbackHtml } from '../batch/gradebook/feedback-html.ts';
import { renderFeedbackMarkdown } from '../batch/gradebook/feedback-markdown.ts';
import { renderGradebookCsv } from '../batch/gradebook/gradebook-csv.ts';
import { renderGradebookHtml } from '../batch/gradebook/gradebook-html.ts';
import { renderSummary } from '../batch/gradebook/summary.ts';
import type { BelievableClass } from './believable-class.ts';

/** Every file that is made of a class, by its path: what a batch leaves in `--out`. */
export function renderClass({ title, records, results }: BelievableClass): Map<string, string> {
  return new Map([
    ['gradebook.html', renderGradebookHtml(title, records)],
    ['gradebook.csv', renderGradebookCsv(title, records)],
    ['summary.json', renderSummary(title, records)],
    ...records.flatMap((record): [string, string][] => {
      const { id } = record.student;
      const result = results.get(id);
      return [
        [feedbackFile(id, 'html'), renderFeedbackHtml(title, record, result)],
        [feedbackFile(id, 'md'), renderFeedbackMarkdown(title, record, result)],
      ];
    }),
  ]);
}
