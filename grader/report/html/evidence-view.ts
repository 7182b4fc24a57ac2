import type { Diagnosis, Evidence } from '../../model/diagnosis.ts';
import { viewBytes, type BytesRow } from '../bytes-view.ts';
import { dumpEvidence } from '../dump-evidence.ts';
import { viewExpected, type Block as PlainBlock } from '../failure-view.ts';
import { caretLines, lineOf, margin, type Line } from '../line.ts';
import { showLine } from '../show-text.ts';
import { plural } from '../words.ts';

/** Lines with a word on what they are. */
export interface Block {
  readonly label: string;
  readonly lines: readonly Line[];
}

/** The bytes that prove a diagnosis: those that came, and those that should have come. */
export function viewEvidence(diagnosis: Diagnosis): readonly Block[] {
  const [came, due] = dumpEvidence(diagnosis);
  if (came && due) {
    return [
      { label: tell(came.evidence), lines: came.lines },
      { label: `Expected: ${nameBytes(due.evidence)}`, lines: due.lines },
    ];
  }
  const expected = asLines(viewExpected(diagnosis));
  return [...viewText(diagnosis), ...(expected.lines.length > 0 ? [expected] : [])];
}

function viewText(diagnosis: Diagnosis): readonly Block[] {
  const view = viewBytes(diagnosis);
  if (!view || !diagnosis.received) return [];
  const more = (is: boolean): readonly Line[] =>
    is ? [[margin('', view.digits), { kind: 'aside', text: '...' }]] : [];
  const lines = view.rows.flatMap((row) => drawRow(row, view.digits));
  return [
    {
      label: tell(diagnosis.received),
      lines: [...more(view.above), ...lines, ...more(view.below)],
    },
  ];
}

/** A row of text with its offset, and below it the carets. */
export function drawRow(
  { offset, before, wrong, after, carets }: BytesRow,
  digits: number,
): readonly Line[] {
  return [
    [
      margin(String(offset), digits),
      { kind: 'text', text: before },
      ...(wrong === '' ? [] : ([{ kind: 'wrong', text: wrong }] as const)),
      ...(after === '' ? [] : ([{ kind: 'text', text: after }] as const)),
    ],
    ...caretLines(carets, digits),
  ];
}

/** What the bytes are, as a heading. */
function tell(evidence: Evidence): string {
  const name = nameBytes(evidence);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function nameBytes({ label, bytes }: Evidence): string {
  return `${showLine(label)} (${plural(bytes.size, 'byte')})`;
}

/** Lines without parts. */
export function asLines({ label, lines }: PlainBlock): Block {
  return { label, lines: lines.map((line) => lineOf(line)) };
}
