import { TEMPLATES } from '../../course/templates.ts';
import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import { viewGradebook } from './gradebook-view.ts';

/** The gradebook as a page that stands alone: it loads nothing, and runs nothing but its script. */
export function renderGradebookHtml(title: BatchTitle, records: readonly BatchRecord[]): string {
  const inline = TEMPLATES.inline('gradebook', { hasScript: true });
  return TEMPLATES.fill('gradebook.html.ejs', { ...viewGradebook(title, records), ...inline });
}
