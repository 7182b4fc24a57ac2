import { readBytes } from '../../model/bytes.ts';
import type { Diagnosis, Evidence } from '../../model/diagnosis.ts';
import { drawCarets, viewBytes, type BytesRow } from '../bytes-view.ts';
import { viewExpected, type Block as PlainBlock } from '../failure-view.ts';
import { drawGutter, gutterWidth } from '../gutter.ts';
import { showLine } from '../show-text.ts';
import { plural } from '../words.ts';
import { dumpBytes, isBinary, type Mark } from './hexdump.ts';
import { lineOf, textOf, type Line, type Span } from './line.ts';

/** Lines with a word on what they are. */
export interface Block {
  readonly label: string;
  readonly lines: readonly Line[];
}

const ROW_BYTES = 16;
const ROWS_BEFORE = 2;
const ROWS_AFTER = 3;

/** The bytes that prove a diagnosis: those that came, and those that should have come. */
export function viewEvidence(diagnosis: Diagnosis): readonly Block[] {
  const { received, offset, length = 1 } = diagnosis;
  const around = offset ?? received?.bytes.start ?? 0;
  if (!received || !isBinary(cutWindow(received, around).bytes)) {
    const expected = asLines(viewExpected(diagnosis));
    return [...viewText(diagnosis), ...(expected.lines.length > 0 ? [expected] : [])];
  }
  const mark = offset === undefined ? undefined : { offset, length };
  const came = dumpWindow(received, around, mark);
  return [
    { label: tell(received), lines: point(came, diagnosis.caption) },
    ...viewCounterpart(diagnosis),
  ];
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
    ...carets.map((text): Line => [margin('', digits), { kind: 'caret', text }]),
  ];
}

/** What stands beside a line: its number, if it has one. */
export function margin(number: string, digits: number): Span {
  return { kind: 'margin', text: drawGutter(number, digits) };
}

/** The same place in the file that was expected, where it is known which place that is. */
function viewCounterpart({ received, expected, offset }: Diagnosis): readonly Block[] {
  if (!received || !expected || offset === undefined) return [];
  const at = offset - findBody(received);
  const { start, size } = expected.bytes;
  const kept = readBytes(expected.bytes).byteLength;
  if (!(at >= start && at < start + kept && at < size)) return [];
  return [
    {
      label: `Expected: ${nameBytes(expected)}`,
      lines: dumpWindow(expected, at, { offset: at, length: 1 }),
    },
  ];
}

/** Where the body begins: behind the head, where there is one. NaN where that is not kept. */
function findBody({ bytes }: Evidence): number {
  const kept = readBytes(bytes);
  if (bytes.start > 0) return NaN;
  if (kept.toString('latin1', 0, 5) !== 'HTTP/') return 0;
  const blank = kept.indexOf('\r\n\r\n');
  return blank === -1 ? NaN : blank + 4;
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

/** Whole rows around an offset, as far as they are kept. */
function cutWindow({ bytes }: Evidence, around: number) {
  const kept = readBytes(bytes);
  const row = Math.floor((around - bytes.start) / ROW_BYTES);
  const from = Math.max(0, row - ROWS_BEFORE) * ROW_BYTES;
  const to = (row + 1 + ROWS_AFTER) * ROW_BYTES;
  return { bytes: kept.subarray(from, to), start: bytes.start + from };
}

function dumpWindow(evidence: Evidence, around: number, mark?: Mark): readonly Line[] {
  const { bytes, start } = cutWindow(evidence, around);
  return dumpBytes(bytes, start, mark);
}

/** Puts carets and the caption below the first line that holds a wrong byte. */
function point(lines: readonly Line[], caption: string | undefined): readonly Line[] {
  const place = lines.findIndex((line) => line.some(({ kind }) => kind === 'wrong'));
  const line = lines[place];
  if (!line) return lines;
  const [number = margin('', 4), ...spans] = line.slice(
    0,
    line.findIndex(({ kind }) => kind === 'wrong'),
  );
  const before = textOf(spans).length;
  const carets = drawCarets({ before, carets: '^^' }, caption);
  const below = carets.map((text): Line => [
    margin('', number.text.length - gutterWidth(0)),
    { kind: 'caret', text },
  ]);
  return [...lines.slice(0, place + 1), ...below, ...lines.slice(place + 1)];
}
