import { printText } from '../model/bytes.ts';
import type { SourceQuote } from '../model/diagnosis.ts';

/** What is meant of a line. The column counts UTF-16 units, from 1. */
export interface Mark {
  readonly column: number;
  readonly length?: number;
  readonly caption?: string;
}

/** Of a long line, what stands this far before and behind the place is kept. */
const AROUND = 100;
const TAB = '  ';

/**
 * Quotes a line of source, safe to show.
 *
 * @returns undefined where the line has no such place, or nothing but blanks
 */
export function quoteLine(line: string, mark: Mark): SourceQuote | undefined {
  const at = mark.column - 1;
  if (at < 0 || at > line.length || line.trim() === '') return undefined;
  const length = Math.max(1, Math.min(mark.length ?? 1, line.length - at, AROUND));
  const [first, end] = [Math.max(0, at - AROUND), at + length + AROUND];
  const before = `${first > 0 ? '...' : ''}${show(line.slice(first, at))}`;
  const meant = show(line.slice(at, at + length));
  const behind = `${show(line.slice(at + length, end))}${end < line.length ? '...' : ''}`;
  return {
    text: `${before}${meant}${behind}`.trimEnd(),
    from: before.length,
    length: Math.max(1, meant.length),
    ...(mark.caption !== undefined && { caption: mark.caption }),
  };
}

function show(text: string): string {
  return printText(text).replaceAll('\t', TAB);
}

/** The lines of a source, by whatever ends them. */
export function splitLines(source: string): readonly string[] {
  return source.split(/\r\n|\r|\n/);
}
