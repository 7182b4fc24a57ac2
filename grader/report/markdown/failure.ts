import { blocksOf, type FailureView } from '../failure-view.ts';
import { writeCode, writeFence, writeProse } from './write.ts';

/** A failed check as a section of Markdown: its heading is of the third level. */
export function renderFailure(failure: FailureView): string {
  const { id, title, code, points, summary, notes, why, hint, moreHints, next } = failure;
  const blocks = blocksOf(failure);
  return [
    `### ${writeCode(id)}: ${writeProse(title)}`,
    writeProse(summary),
    `Worth ${points}; the diagnosis is ${writeCode(code)}.`,
    ...blocks.flatMap(({ label, lines }) => [`${writeProse(label)}:`, writeFence(lines)]),
    ...notes.map(writeProse),
    ...why.map(({ text, link }) => `**Why:** [${writeProse(text)}](<${link}>)`),
    ...hint.map((text) => `**Hint:** ${writeProse(text)}`),
    ...moreHints.map(({ label, text }) => renderFolded(label, writeProse(text))),
    `**Next:** ${writeCode(next)}`,
  ].join('\n\n');
}

function renderFolded(label: string, text: string): string {
  return `<details><summary>${label}</summary>\n\n${text}\n\n</details>`;
}
