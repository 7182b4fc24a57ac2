import type { SourceLocation } from '../../model/diagnosis.ts';
import { drawCarets } from '../bytes-view.ts';
import { gutterDigits } from '../gutter.ts';
import { showLine, showLines } from '../show-text.ts';
import { caretLines, margin, type Span } from '../line.ts';
import type { Block } from './evidence-view.ts';

/** The student's own line, as far as it is known; without it, the place alone. */
export function viewSource(source: SourceLocation): Block {
  const { file, line, column, act, quote } = source;
  const place = showLine(`${file}:${String(line)}:${String(column)}`, 500);
  const label = `${act === undefined ? 'In' : ACTS[act]} ${place}`;
  if (!quote) return { label, lines: [] };
  const { text, from, length, caption } = quote;
  const digits = gutterDigits(line);
  // Tabs would put the caret elsewhere.
  const show = (part: string): string => showLines(part.replaceAll('\t', ' '), 1).join('');
  const before = show(text.slice(0, from));
  const meant = show(text.slice(from, from + length));
  const after = show(text.slice(from + length));
  const spans: readonly Span[] = [
    margin(String(line), digits),
    { kind: 'text', text: before },
    { kind: 'wrong', text: meant },
    { kind: 'text', text: after },
  ];
  const point = { before: before.length, carets: '^'.repeat(Math.max(1, meant.length)) };
  const carets = drawCarets(point, caption);
  return {
    label,
    lines: [spans.filter((span) => span.text !== ''), ...caretLines(carets, digits)],
  };
}

const ACTS = { sent: 'Sent by', listened: 'Opened by', set: 'Set in' };
