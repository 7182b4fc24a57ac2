import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import { viewGradebook } from './gradebook-view.ts';
import { fillTemplate, inlineFiles } from './page.ts';

/** The gradebook as a page that stands alone: it loads nothing, and runs nothing but its script. */
export function renderGradebookHtml(title: BatchTitle, records: readonly BatchRecord[]): string {
  const inline = inlineFiles('gradebook', { hasScript: true });
  return fillTemplate('gradebook.html.ejs', { ...viewGradebook(title, records), ...inline });
}
