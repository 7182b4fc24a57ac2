import { stageOf } from '../model/check.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { CheckResult, Failed } from '../model/result.ts';
import { drawEvidence } from './draw-evidence.ts';
import { fillPort, READERS_PORT, usesPort } from './readers-port.ts';
import { showCommand } from './show-command.ts';
import { showLine, showLines } from './show-text.ts';
import { drawSource, namePlace } from './draw-source.ts';
import { findUntold, tellNote, tellSummary } from './tell-diagnosis.ts';
import { plural, wordNumber } from './words.ts';

/** A failed check, in words: what happened, the proof, why it matters, and what to try. */
export interface FailureView {
  readonly id: string;
  readonly title: string;
  readonly code: string;
  readonly points: string;
  readonly summary: string;
  /** The bytes that came and what was expected, as lines to be shown as they are. */
  readonly evidence: readonly Block[];
  /** The line of the program that did it, likewise; at most one. */
  readonly line: readonly Block[];
  /** What the program printed, likewise. */
  readonly printed: readonly Block[];
  /** The command that puts the same to the server; at most one. */
  readonly reproduce: readonly Block[];
  readonly notes: readonly string[];
  /** At most one. */
  readonly why: readonly { readonly text: string; readonly link: string }[];
  readonly hint: readonly string[];
  readonly moreHints: readonly { readonly label: string; readonly text: string }[];
  readonly next: string;
}

export interface Block {
  readonly label: string;
  readonly lines: readonly string[];
}

/** All that is shown as it is, in the order of telling. */
export function blocksOf({ evidence, line, printed, reproduce }: FailureView): readonly Block[] {
  return [...evidence, ...line, ...printed, ...reproduce];
}

/** @returns nothing for a check that did not fail */
export function viewFailure(lab: string, check: CheckResult): readonly FailureView[] {
  const { id, title, outcome } = check;
  if (outcome.status !== 'failed') return [];
  const { diagnosis, spec, hints } = outcome;
  const [hint, ...more] = hints.map((each) => showLine(each, 1000));
  return [
    {
      id: showLine(id),
      title: showLine(title),
      code: diagnosis.code,
      points: tellPoints(check),
      summary: tellSummary(diagnosis),
      evidence: collectEvidence(diagnosis).filter(hasLines),
      line: [tellLine(diagnosis)].filter(hasLines),
      printed: [tellPrinted(diagnosis)].filter(hasLines),
      reproduce: [tellReproduce(outcome)].filter(hasLines),
      notes: collectNotes(diagnosis),
      why: spec ? [{ text: showLine(`${spec.title} (${spec.name})`), link: safe(spec.url) }] : [],
      hint: hint === undefined ? [] : [hint],
      moreHints: more.map((text, index) => ({
        label: `Hint ${String(index + 2)} of ${String(hints.length)}`,
        text,
      })),
      next: showLine(`npm run grade ${lab} ${stageOf(id)}`),
    },
  ];
}

function tellPoints({ points, bonus, earned }: CheckResult): string {
  const worth = bonus ? plural(points, 'bonus point') : plural(points, 'point');
  return earned > 0 ? `${wordNumber(earned)} of ${worth}` : worth;
}

function collectEvidence(diagnosis: Diagnosis): readonly Block[] {
  const drawn = drawEvidence(diagnosis, 80).map((line) => showLines(line, 1).join(''));
  return [{ label: 'The bytes that came', lines: drawn }, viewExpected(diagnosis)];
}

/** What should have come, where the words and the caret do not tell it; else without lines. */
export function viewExpected(diagnosis: Diagnosis): Block {
  const expected = findUntold(diagnosis);
  return {
    label: `Expected was ${showLine(expected?.label ?? '')}`,
    lines: expected ? showLines(expected.bytes.printable.replaceAll('\\n', '\\n\n'), 20) : [],
  };
}

function tellLine({ source }: Diagnosis): Block {
  if (!source) return { label: '', lines: [] };
  return {
    label: showLine(`The line, ${namePlace(source)}`, 500),
    lines: drawSource(source, 100).map((line) => showLines(line, 1).join('')),
  };
}

function tellPrinted({ output }: Diagnosis): Block {
  return { label: 'What your program printed', lines: output ? showLines(output, 40) : [] };
}

function hasLines({ lines }: Block): boolean {
  return lines.length > 0;
}

function tellReproduce({ reproduce: command }: Failed): Block {
  const lines = showCommand(command, 1000);
  if (!lines.some(usesPort)) return { label: 'To see it yourself', lines };
  return {
    label: `To see it yourself, start your server on port ${READERS_PORT}, then send the same`,
    lines: lines.map(fillPort),
  };
}

function collectNotes(diagnosis: Diagnosis): readonly string[] {
  const { source } = diagnosis;
  // One that is quoted is named there.
  const place = source && !source.quote ? namePlace(source) : undefined;
  return [
    ...(place === undefined ? [] : [showLine(`It is ${place}`, 500)]),
    ...tellNote(diagnosis),
  ];
}

/** An address that a click may lead to. */
function safe(url: string): string {
  return URL.canParse(url) && new URL(url).protocol === 'https:' ? new URL(url).href : '#';
}
