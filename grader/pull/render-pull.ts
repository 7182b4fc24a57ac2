import { TEMPLATES } from '../course/templates.ts';
import type { CiRecord } from '../model/ci-record.ts';
import { writeCells, writeCode, writeFence, writeProse } from '../report/markdown/write.ts';
import { viewPull, type Extent, type PullView } from './pull-view.ts';

export interface RenderPullOptions {
  /** Put first, as they are: our own words. */
  readonly before: readonly string[];
  /** As many UTF-16 units are the most that may come of it. */
  readonly most: number;
}

/** From all there is to tell down to the verdict alone. */
const EXTENTS: readonly Extent[] = [
  { labs: 50, failures: 5, blocks: 3 },
  { labs: 50, failures: 5, blocks: 0 },
  { labs: 50, failures: 0, blocks: 0 },
  { labs: 0, failures: 0, blocks: 0 },
];

/**
 * Writes what became of a pull request as Markdown. Nothing from outside is more than text in it:
 * no mention, no link, no HTML. What would be too long tells less.
 */
export function renderPull(record: CiRecord, { before, most }: RenderPullOptions): string {
  for (const extent of EXTENTS) {
    const text = TEMPLATES.fill('pull.md.ejs', { before, ...write(viewPull(record, extent)) });
    if (text.length <= most) return text;
  }
  throw new Error(`what is told of a pull request does not fit into ${String(most)} characters`);
}

function write({ heading, reason, labs, ignored, facts }: PullView) {
  return {
    heading,
    reason: reason.map(writeProse),
    labs: labs.map((lab) => ({
      heading: writeProse(lab.heading),
      reason: writeProse(lab.reason),
      tables: lab.stages.length > 0 ? [lab.stages.map(writeCells)] : [],
      failures: lab.failures.map((failure) => ({
        heading: `${writeCode(failure.id)}: ${writeProse(failure.title)}`,
        summary: writeProse(failure.summary),
        blocks: failure.blocks.map(({ label, lines }) => ({
          label: writeProse(label),
          fence: writeFence(lines),
        })),
        hint: failure.hint.map(writeProse),
        next: writeCode(failure.next),
      })),
      more: lab.more,
    })),
    ignored: ignored.length > 0 ? [ignored.map(writeCode)] : [],
    facts: facts.map(({ label, value }) => `${label}: ${writeCode(value)}`),
  };
}
