import type { Diagnosis, Evidence } from '../model/diagnosis.ts';
import { showLine } from './show-text.ts';

/** A program may make a header, and so a sentence about it, as long as it likes; in characters. */
const LONGEST = 1000;
/** Of what was expected, in bytes: more than that nobody compares by eye. */
const MOST_EXPECTED = 400;

/** What happened, in one line that is safe to show. */
export function tellSummary({ summary, proven }: Diagnosis): string {
  const told = showLine(summary, LONGEST);
  return proven ? told : `Possibly: ${told}`;
}

/** What is to be said besides, in one line that is safe to show; at most one. */
export function tellNote({ note }: Diagnosis): readonly string[] {
  return note === undefined ? [] : [showLine(note, LONGEST)];
}

/** Where in the submission it was, in one line that is safe to show; at most one. */
export function tellPlace({ source }: Diagnosis): readonly string[] {
  if (!source) return [];
  const { file, line, column } = source;
  return [`in ${showLine(file)}, line ${String(line)}, column ${String(column)}`];
}

/** What should have come, where the words and the bytes that came do not tell it already. */
export function findUntold({ expected, received, code }: Diagnosis): Evidence | undefined {
  const isTold = received && code !== 'wrong-return' && code !== 'not-listed';
  return isTold || (expected && expected.bytes.size > MOST_EXPECTED) ? undefined : expected;
}
