import type { SourceLocation } from '../../model/diagnosis.ts';
import type { LastWords } from '../source-location.ts';

/** What is handed to a student's function, or comes back from it. */
export type CallValue =
  | { readonly type: 'text'; readonly value: string }
  /** In base64. */
  | { readonly type: 'bytes'; readonly value: string }
  /** Anything else, as text for people. */
  | { readonly type: 'other'; readonly value: string };

/** How one call of a student's function ended. */
export type CallOutcome =
  | { readonly kind: 'returned'; readonly value: CallValue }
  | Thrown<'threw'>
  /** The program could not be imported. */
  | Thrown<'import-threw'>
  | { readonly kind: 'missing'; readonly exports: readonly string[] }
  | {
      readonly kind: 'died';
      readonly during: 'import' | 'call';
      readonly how: string;
      readonly stderr: string;
      readonly source?: SourceLocation;
    }
  /** Time ran out while it was called or, before that, in another call or the import. */
  | { readonly kind: 'never-returned'; readonly during: 'import' | 'earlier-call' | 'call' };

interface Thrown<Kind> {
  readonly kind: Kind;
  readonly error: string;
  readonly message: string;
  readonly stack: string;
  /** Where in the program's own source it was thrown. */
  readonly source?: SourceLocation;
}

/** Names the program's files in what a call printed or threw as their author knows them. */
export function locateOutcome(
  outcome: CallOutcome,
  readWords: (text: string) => LastWords,
): CallOutcome {
  switch (outcome.kind) {
    case 'threw':
    case 'import-threw': {
      const { text, source } = readWords(outcome.stack);
      const message = readWords(outcome.message).text;
      return { ...outcome, message, stack: text, ...(source && { source }) };
    }
    case 'died': {
      const { text, source } = readWords(outcome.stderr);
      return { ...outcome, stderr: text, ...(source && { source }) };
    }
    case 'returned':
    case 'missing':
    case 'never-returned':
      return outcome;
  }
}
