import { relative, sep } from 'node:path';
import { printText } from '../model/bytes.ts';
import type { SourceLocation } from '../model/diagnosis.ts';
import { escapePattern } from './escape-pattern.ts';
import { findCaret } from './find-caret.ts';
import { keepLastLines } from './last-lines.ts';
import { quoteLine, splitLines, type Mark } from './quote-line.ts';
import { findSyntaxError } from './syntax-error.ts';
import type { EmittedFile } from './typescript.ts';

/** A program's files, as they were when it was started. */
export interface Staged {
  /** The throwaway copy's top folder. */
  readonly folder: string;
  readonly emitted?: EmittedFile | undefined;
  /** Reads a source by its path in the copy; undefined where the submission has none there. */
  readonly readSource?: (file: string) => string | undefined;
}

/** What a program printed, with its own files named as its author knows them. */
export interface LastWords {
  /** Safe to show. */
  readonly text: string;
  /** The innermost place in the program's own source that is named in it. */
  readonly source?: SourceLocation;
  /** Where the program could not even be read: the message, safe to show. */
  readonly syntaxError?: string;
}

/**
 * Reads what a dying program printed: paths lose the throwaway copy's name, and places in emitted
 * JavaScript become those in the TypeScript they came from.
 */
export function readLastWords(text: string, staged: Staged): LastWords {
  const own = text.replace(NODE_EXCERPT, '');
  const syntaxError = findSyntaxError(own);
  const places = findPlaces(own, staged);
  const place =
    syntaxError === undefined ? findInnermost(places, own) : findUnreadable(places, own);
  const { emitted } = staged;
  const shown = (emitted ? own.replace(emittedExcerpt(emitted), '') : own).replace(
    placePattern(staged.folder),
    (...match: (string | undefined)[]) => {
      const named = namePlace(match, staged);
      const suffix = [named.line, match[3] === undefined ? 0 : named.column].filter((n) => n > 0);
      return match[4] === undefined
        ? [named.file, ...suffix].join(':')
        : `${named.file}", line ${String(named.line)}`;
    },
  );
  return {
    text: printText(keepLastLines(shown)),
    ...(place && { source: quotePlace(place, staged) }),
    ...(syntaxError !== undefined && { syntaxError: printText(syntaxError) }),
  };
}

/** Adds the line of source to a place. @param mark what is meant of it, if not the place's column */
export function quotePlace(
  place: SourceLocation,
  staged: Pick<Staged, 'readSource'>,
  mark: Mark = { column: place.column },
): SourceLocation {
  const { file, line, column, act } = place;
  const quote = quoteLine(readLine(place, staged), mark);
  return { file, line, column, ...(act && { act }), ...(quote && { quote }) };
}

/** A place that was printed, and what its column is known by. */
interface Place extends SourceLocation {
  readonly by: 'column' | 'caret' | 'line';
}

function findPlaces(text: string, staged: Staged): Place[] {
  return Array.from(text.matchAll(placePattern(staged.folder)), (match): Place => {
    const place = namePlace(match, staged);
    if (match[3] !== undefined) {
      // The loader counts columns from 0.
      const first = text.startsWith(': ERROR: ', match.index + match[0].length) ? 1 : 0;
      return { ...place, column: place.column + first, by: 'column' };
    }
    const asPrinted = place.file !== match[1];
    const line = asPrinted ? '' : readLine(place, staged);
    const caret = findCaret(text.slice(match.index), line);
    if (caret === undefined) return { ...place, column: firstLetter(place, staged), by: 'line' };
    const column = String(caret.column);
    return { ...namePlace([...match.slice(0, 3), column, match[4]], staged), by: 'caret' };
  }).filter(({ line }) => line > 0);
}

/** Empty where it is not known. */
function readLine(
  { file, line }: SourceLocation,
  { readSource }: Pick<Staged, 'readSource'>,
): string {
  return splitLines(readSource?.(file) ?? '')[line - 1] ?? '';
}

function firstLetter(place: SourceLocation, staged: Staged): number {
  return Math.max(0, readLine(place, staged).search(/\S/)) + 1;
}

/** A Python traceback names the innermost call last; Node's stacks name it first. */
function findInnermost(places: readonly Place[], text: string): Place | undefined {
  if (/^Traceback /m.test(text)) return places.at(-1);
  const by = (kind: Place['by']): Place | undefined => places.find((place) => place.by === kind);
  return by('column') ?? by('caret') ?? places[0];
}

/** The file that could not be read is named by its excerpt, wherever it was asked for. */
function findUnreadable(places: readonly Place[], text: string): Place | undefined {
  if (/^\s*File "/m.test(text)) return places.at(-1);
  return places.find(({ by }) => by === 'caret') ?? places[0];
}

/** The line of emitted code that Node shows above a stack: its author never wrote it. */
function emittedExcerpt({ emittedPath }: EmittedFile): RegExp {
  return new RegExp(
    `^(?:file:///?)?${escapePattern(emittedPath)}:\\d+\\n.*\\n\\s*\\^+\\s*\\n`,
    'm',
  );
}

/** The line of Node's own code that it shows above a stack. */
const NODE_EXCERPT = /^node:[\w/]+:\d+\n.*\n\s*\^+\s*\n/gm;

function placePattern(folder: string): RegExp {
  return new RegExp(
    `(?:file:///?)?${escapePattern(folder)}[\\\\/]([^\\s:'"()]+)(?::(\\d+)(?::(\\d+))?|", line (\\d+))?`,
    'g',
  );
}

/** @param match of the pattern: a path, a line and a column of Node's, or a line of Python's */
function namePlace(
  [, path = '', nodeLine, column, pythonLine]: readonly (string | undefined)[],
  { folder, emitted }: Staged,
): SourceLocation {
  const file = path.split(sep).join('/');
  const line = Number(nodeLine ?? pythonLine ?? 0);
  const here = { file, line, column: Number(column ?? 1) };
  if (!emitted || relative(folder, emitted.emittedPath) !== path) return here;
  const sourceFile = relative(folder, emitted.sourcePath).split(sep).join('/');
  const entry = emitted.map.findEntry(line - 1, here.column - 1);
  if (line === 0 || !('originalLine' in entry)) return { ...here, file: sourceFile };
  return { file: sourceFile, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
