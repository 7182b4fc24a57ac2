import { relative, sep } from 'node:path';
import type { SourceLocation } from '../model/diagnosis.ts';
import { printText } from '../model/bytes.ts';
import type { EmittedFile } from './typescript.ts';

/** A place that was printed; exact where its column was, too. */
type Place = SourceLocation & { readonly exact: boolean };

/** What a program printed, with its own files named as its author knows them. */
export interface LastWords {
  /** Safe to show. */
  readonly text: string;
  /** The innermost place in the program's own source that is named in it. */
  readonly source?: SourceLocation;
}

/**
 * Reads what a dying program printed: paths lose the throwaway copy's name, and places in emitted
 * JavaScript become those in the TypeScript they came from.
 *
 * @param folder the throwaway copy's top folder
 */
export function readLastWords(text: string, folder: string, emitted?: EmittedFile): LastWords {
  const places: Place[] = [];
  const own = emitted ? text.replace(emittedExcerpt(emitted), '') : text;
  const shown = own.replace(placePattern(folder), (...match: (string | undefined)[]) => {
    const [, path = '', line, column, pythonLine] = match;
    const place = findPlace(path, { line: line ?? pythonLine, column }, { folder, emitted });
    if (place.line > 0) places.push({ ...place, exact: column !== undefined });
    const suffix = [place.line, column === undefined ? 0 : place.column].filter((n) => n > 0);
    return pythonLine === undefined
      ? [place.file, ...suffix].join(':')
      : `${place.file}", line ${String(place.line)}`;
  });
  const source = innermost(places, /^Traceback /m.test(text));
  return { text: printText(lastLines(shown)), ...(source && { source }) };
}

/** The line of emitted code that Node shows above a stack: its author never wrote it. */
function emittedExcerpt({ emittedPath }: EmittedFile): RegExp {
  return new RegExp(`^(?:file:///?)?${escape(emittedPath)}:\\d+\\n.*\\n\\s*\\^+\\s*\\n`, 'm');
}

function escape(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function placePattern(folder: string): RegExp {
  return new RegExp(
    `(?:file:///?)?${escape(folder)}[\\\\/]([^\\s:'"()]+)(?::(\\d+)(?::(\\d+))?|", line (\\d+))?`,
    'g',
  );
}

function findPlace(
  path: string,
  { line, column }: { line: string | undefined; column: string | undefined },
  { folder, emitted }: { folder: string; emitted: EmittedFile | undefined },
): SourceLocation {
  const file = path.split(sep).join('/');
  const here = { file, line: Number(line ?? 0), column: Number(column ?? 1) };
  if (!emitted || relative(folder, emitted.emittedPath) !== path) return here;
  const sourceFile = relative(folder, emitted.sourcePath).split(sep).join('/');
  const entry = emitted.map.findEntry(here.line - 1, here.column - 1);
  if (here.line === 0 || !('originalLine' in entry)) return { ...here, file: sourceFile };
  return { file: sourceFile, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** A Python traceback names the innermost call last; Node's stacks name it first. */
function innermost(places: readonly Place[], lastIsInnermost: boolean): SourceLocation | undefined {
  const exact = places.find((place) => place.exact);
  const place = lastIsInnermost ? places.at(-1) : (exact ?? places[0]);
  return place && { file: place.file, line: place.line, column: place.column };
}

const SHOWN_LINES = 12;

function lastLines(text: string): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => !/^\s+at .*\bnode:|^Node\.js v/.test(line));
  return lines.slice(-SHOWN_LINES).join('\n').trim();
}
