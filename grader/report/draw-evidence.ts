import type { Diagnosis } from '../model/diagnosis.ts';
import { drawBytes } from './bytes-view.ts';
import { dumpEvidence, type Dump } from './dump-evidence.ts';
import { drawGutter, gutterDigits, gutterWidth } from './gutter.ts';
import { ROW_BYTES, rowWidth } from './hexdump.ts';
import { textOf } from './line.ts';
import { showLine } from './show-text.ts';

/**
 * Draws the bytes that prove a diagnosis: of text, those that came; where what was expected is no text,
 * both, one dump below the other, around the first byte that differs.
 *
 * @param width columns
 */
export function drawEvidence(diagnosis: Diagnosis, width: number): string[] {
  const margin = INDENT + gutterWidth(gutterDigits(diagnosis.received?.bytes.size ?? 0));
  const columns = margin + rowWidth(ROW_BYTES) <= width ? ROW_BYTES : ROW_BYTES / 2;
  const [came, due] = dumpEvidence(diagnosis, { columns, room: width - margin });
  if (!came || !due) return drawBytes(diagnosis, width - INDENT);
  return [...drawDump(came), '', ...drawDump(due)];
}

/** What reports put before each line. */
const INDENT = 2;

function drawDump({ evidence: { label, bytes }, digits, lines }: Dump): string[] {
  const title = `${showLine(label)} (${String(bytes.size)} bytes)`;
  return [`${drawGutter('byte', digits)}${title}`, ...lines.map((line) => textOf(line).trimEnd())];
}
