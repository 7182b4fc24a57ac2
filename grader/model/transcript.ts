import type { RecordedBytes } from './bytes.ts';

/** One thing that happened on the wire, or between the grader and the program. */
export type TranscriptEvent = {
  /** Milliseconds since the check began. */
  readonly atMs: number;
  /** Which connection of the check it was, from 1; 0 where it was none. */
  readonly connection: number;
} & (
  | { readonly kind: 'connected' | 'refused' | 'closed-by-server' | 'closed-by-grader' | 'reset' }
  | { readonly kind: 'sent'; readonly bytes: RecordedBytes }
  | { readonly kind: 'received'; readonly bytes: RecordedBytes }
  | { readonly kind: 'deadline'; readonly afterMs: number }
  | { readonly kind: 'called'; readonly call: string; readonly outcome: string }
  | { readonly kind: 'started' | 'exited'; readonly program: string }
);

export type Transcript = readonly TranscriptEvent[];
