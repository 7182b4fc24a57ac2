import { drawGutter } from './gutter.ts';

/** A line that is shown as it is, each of its parts in its own way. */
export type Line = readonly Span[];

export interface Span {
  /** `margin` is what stands beside a line: its number, or who says it. */
  readonly kind: 'margin' | 'text' | 'wrong' | 'caret' | 'aside';
  readonly text: string;
}

/** A line of one kind. */
export function lineOf(text: string, kind: Span['kind'] = 'text'): Line {
  return [{ kind, text }];
}

/** The line as plain text. */
export function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** What stands beside a line: its number, or nothing. @param digits how wide numbers are drawn */
export function margin(number: string, digits: number): Span {
  return { kind: 'margin', text: drawGutter(number, digits) };
}

/** Carets and a caption, as lines below the one that they point into. */
export function caretLines(carets: readonly string[], digits: number): readonly Line[] {
  return carets.map((text) => [margin('', digits), { kind: 'caret', text }]);
}
