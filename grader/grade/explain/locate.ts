import type { SourceLocation } from '../../model/diagnosis.ts';
import type { Note } from '../../run/trace/parse-notes.ts';
import type { StagedSource } from '../staged-source.ts';
import { pointAtBytes, pointAtNumber, WELL_MATCHED, type Find } from './point-at.ts';

/** The line that opened a port, or the one in which its number is set, as far as the notes tell. */
export function locateListener(
  notes: readonly Note[],
  port: number,
  source: StagedSource,
): SourceLocation | undefined {
  const listens = notes.filter((each) => each.kind === 'listened');
  const note =
    listens.find((each) => each.port === port) ?? listens.find((each) => each.port === 0);
  const caption = `always ${String(port)}`;
  const find: Find = (line) => pointAtNumber(line, port, caption);
  return note && locate(note.frames, source, { act: 'listened', find });
}

/** The line that wrote some bytes, or the one in which they are written out. */
export function locateWriter(
  frames: readonly string[],
  bytes: { readonly received: Buffer; readonly offset: number; readonly length: number },
  source: StagedSource,
): SourceLocation | undefined {
  return locate(frames, source, { act: 'sent', find: (line) => pointAtBytes(line, bytes) });
}

/**
 * The innermost call that lies in the submission, with a caret under what is looked for. Where its line
 * does not hold that, but a single other line of the file does, that one is taken.
 */
function locate(
  frames: readonly string[],
  source: StagedSource,
  { act, find }: { readonly act: 'sent' | 'listened'; readonly find: Find },
): SourceLocation | undefined {
  const { source: call } = source.readWords(frames.map((each) => `    at ${each}`).join('\n'));
  const lines = call && source.readLines(call.file);
  const own = call && lines?.[call.line - 1];
  if (!call || !lines || own === undefined) return undefined;
  const here = find(own);
  if (here) return source.quote({ ...call, act }, here);
  const others = lines.flatMap((text, index) => {
    const found = COMMENT.test(text) ? undefined : find(text);
    return found && found.matched >= WELL_MATCHED ? [{ line: index + 1, found }] : [];
  });
  const best = Math.max(...others.map(({ found }) => found.matched));
  const [only, another] = others.filter(({ found }) => found.matched === best);
  if (!only || another) return source.quote({ ...call, act });
  const { line, found } = only;
  return source.quote({ file: call.file, line, column: found.column, act: 'set' }, found);
}

const COMMENT = /^\s*(?:\/\/|\/?\*|#)/;
