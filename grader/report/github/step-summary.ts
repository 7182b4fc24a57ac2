import type { LabResult } from '../../model/result.ts';
import { renderMarkdown } from '../markdown/report.ts';

/** GitHub takes 1 MiB of a step, and refuses the whole where there is more; some is left to others. */
const MOST = 1_000_000;

/** What `$GITHUB_STEP_SUMMARY` is for: the result in Markdown, as much of it as GitHub takes. */
export function renderStepSummary(result: LabResult): string {
  return renderMarkdown(result, { most: MOST });
}
