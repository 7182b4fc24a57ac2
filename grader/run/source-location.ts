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
  const own = (emitted ? text.replace(emittedExcerpt(emitted), '') : text).replace(
    NODE_EXCERPT,
    '',
  );
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

/** The line of Node's own code that it shows above a stack. */
const NODE_EXCERPT = /^node:[\w/]+:\d+\n.*\n\s*\^+\s*\n/gm;

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

/** What says nothing to a student: frames of Node, and what it dumps of an error behind its stack. */
const NODE_LINES = [
  /^\s*$/,
  /^\s+at .*\bnode:/,
  /^Node\.js v/,
  /^Emitted '.*' event\b/,
  /^\s+(?:errno|code|syscall|path|address|port|dest): \S.*$/,
  /^\s*\}$/,
];

/** The last lines that were printed; where they are too many, those from the error's message on. */
function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n');
  const isTold = (line: string): boolean => !NODE_LINES.some((pattern) => pattern.test(line));
  const told = lines.filter(isTold).map((line) => line.replace(/^(\s+at .*) \{$/, '$1'));
  const error = lines.findLastIndex(
    (line, index) => /^\S/.test(line) && /^\s+at /.test(lines[index + 1] ?? ''),
  );
  const above = lines.slice(0, Math.max(0, error)).filter(isTold).length;
  const last = Math.max(0, told.length - SHOWN_LINES);
  const first = error === -1 ? last : Math.min(above, last);
  return told
    .slice(first, first + SHOWN_LINES)
    .join('\n')
    .trim();
}
