/**
 * Writes text from outside as Markdown that shows just that text. Plain words stay plain; whatever
 * could mean something, to Markdown or to the forge that shows it (HTML, links, bare addresses,
 * mentions, numbers of issues, commits), becomes code, in which nothing means anything.
 *
 * @param text one line
 */
export function writeProse(text: string): string {
  const pieces = text.match(PIECES) ?? [];
  return joinRuns(pieces.map(readPiece)).map(writePiece).join(' ');
}

/** The same for a cell of a table, where even within code a bar ends the cell: it is broken here. */
export function writeCell(text: string): string {
  return writeProse(text.replaceAll('|', '\u00a6'));
}

/** The same for each cell of a row, by the names of the columns. */
export function writeCells<Column extends string>(
  row: Readonly<Record<Column, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries<string>(row).map(([column, text]) => [column, writeCell(text)]),
  );
}

/** Writes one line as code, between more backticks than it holds. */
export function writeCode(text: string): string {
  if (text === '') return '';
  const ticks = '`'.repeat(longestRun(text) + 1);
  // One space on either side is taken off again, where it is not all spaces.
  const pad = /^[ `]|[ `]$/.test(text) && text.trim() !== '' ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

/** Writes lines as a block of code, in a fence that is longer than any run of backticks in them. */
export function writeFence(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** A quotation is one piece, so that it stays together; what is in backticks is code already. */
const PIECES = /"[^"]*"[.,;:!?)]*(?=\s|$)|`[^`]+`[.,;:!?)]*(?=\s|$)|\S+/g;

interface Piece {
  readonly kind: 'words' | 'code';
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

function readPiece(piece: string): Piece {
  const [before = '', text = '', after = ''] = takeApart(piece);
  const isPlain = text.split(/\s+/).every((word) => PLAIN.test(word) && !REFERENCE.test(word));
  if (isPlain) return { kind: 'words', before, text, after };
  const quoted = /^`([^`]+)`$/.exec(text)?.[1];
  return { kind: 'code', before, text: quoted ?? text, after };
}

/** What stands before and after a word is no part of it, but for the brackets of a call. */
function takeApart(piece: string): readonly string[] {
  const isCall = /^[^"(\s]+\(/.test(piece);
  const parts = isCall ? /^()(.*?)([,;:!?.]*)$/su : /^(["(]*)(.*?)(["),;:!?.]*)$/su;
  return parts.exec(piece)?.slice(1) ?? [];
}

/** Nothing, a word, a number, initials, or a dash. */
const PLAIN = new RegExp(
  [
    /[\p{L}\p{M}\p{N}\u200c\u200d]+(?:['’,-][\p{L}\p{M}\p{N}\u200c\u200d]+)*/u,
    /\u2212?\d+(?:[.:/]\d+)?%?/u,
    /(?:\p{L}\.)+\p{L}/u,
    /[–—]?/u,
  ]
    .map(({ source }) => `^(?:${source})$`)
    .join('|'),
  'u',
);

/** What a forge makes a link of though it has nothing but letters and digits: a commit, an issue. */
const REFERENCE = /^(?:[0-9a-f]{7,}|gh-\d+)$/iu;

/** Neighbours that are both code become one, but not over the end of a quotation or a sentence. */
function joinRuns(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const fits = last?.kind === 'code' && piece.kind === 'code';
    if (fits && last.after === '' && piece.before === '') {
      joined[joined.length - 1] = {
        ...last,
        text: `${last.text} ${piece.text}`,
        after: piece.after,
      };
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

function writePiece({ kind, before, text, after }: Piece): string {
  if (kind === 'code') return `${before}${writeCode(text)}${after}`;
  // At the start of a line a number with its dot, or with a bracket, begins a list.
  const rest = /^\d+$/.test(text) ? after.replace(/^[.)]/, '\\$&') : after;
  return `${before}${text}${rest}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
