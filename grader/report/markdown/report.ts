import { rankFailures } from '../../model/choose-failures.ts';
import type { LabResult } from '../../model/result.ts';
import { viewFailure } from '../failure-view.ts';
import { sumUp } from '../plain-text.ts';
import { collectAsides, viewStage, type Aside } from '../result-view.ts';
import { showLine } from '../show-text.ts';
import { plural } from '../words.ts';
import { renderFailure } from './failure.ts';
import { writeCell, writeCode, writeProse } from './write.ts';

/**
 * A result in Markdown, as a forge shows it.
 *
 * @param most bytes of UTF-8; sections that would go beyond it are left out, and counted at the end
 */
export function renderMarkdown(
  result: LabResult,
  { most = Infinity }: { readonly most?: number } = {},
): string {
  const { lab, title, stages } = result;
  const checks = stages.flatMap((stage) => stage.checks);
  const failures = rankFailures(checks).flatMap((check) => viewFailure(lab, check));
  const top = [
    `# ${writeProse(showLine(`${lab}: ${title}`))}`,
    ...sumUp(result).map(writeProse),
    writeStages(result),
  ].join('\n\n');
  const bottom = tellRun(result);
  const sections = [
    ...failures.map((failure, index) =>
      index === 0 ? `## What failed\n\n${renderFailure(failure)}` : renderFailure(failure),
    ),
    ...collectAsides(stages).map(writeAside),
  ];
  const room = most - Buffer.byteLength(`${top}\n\n${leftOut(sections.length)}\n\n${bottom}\n`);
  const shown = takeWithin(sections, room);
  const missing = sections.length - shown.length;
  const parts = [top, ...shown, ...(missing > 0 ? [leftOut(missing)] : []), bottom];
  return `${parts.join('\n\n')}\n`;
}

function takeWithin(sections: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = sections.findIndex((section) => {
    used += Buffer.byteLength(section) + 2;
    return used > room;
  });
  return end === -1 ? sections : sections.slice(0, end);
}

function leftOut(sections: number): string {
  return `There is no room here for ${plural(sections, 'section')} more.`;
}

function writeStages({ stages }: LabResult): string {
  const rows = stages.map((stage) => {
    const { id, points, state, title } = viewStage(stage);
    return `| ${[id, points, state, title].map(writeCell).join(' | ')} |`;
  });
  return ['| stage | points | | |', '| ----- | -----: | --- | --- |', ...rows].join('\n');
}

function writeAside({ heading, lead, items }: Aside): string {
  const lines = items.map(({ id, text }) => `- ${writeCode(showLine(id))}: ${writeProse(text)}`);
  return `## ${heading}\n\n${writeProse(lead)}\n\n${lines.join('\n')}`;
}

function tellRun({ grader, seed }: LabResult): string {
  const words = `wiregrade ${grader.version}, Node ${grader.node}, seed ${String(seed)}`;
  return `Graded by ${writeCode(showLine(words))}.`;
}
