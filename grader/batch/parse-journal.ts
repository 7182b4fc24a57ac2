/** What is noted of a batch, in the order in which it happened. */
export type JournalEntry =
  | {
      readonly event: 'began';
      readonly at: string;
      readonly lab: string;
      readonly students: number;
      /** Who was to be graded anew, as it was typed. */
      readonly again?: readonly string[];
    }
  | { readonly event: 'recorded'; readonly at: string; readonly id: string; readonly key: string }
  | { readonly event: 'finished'; readonly at: string };

/** Reads one line; one that the disk has spoilt tells nothing. */
export function parseJournalLine(line: string): JournalEntry[] {
  try {
    return [JSON.parse(line) as JournalEntry];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
