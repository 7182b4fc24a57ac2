interface GradescopeTest {
  readonly name: string;
  readonly output: string;
  readonly status?: string;
}

/** What Gradescope makes of results.json. */
export interface GradescopeResults {
  readonly score: number | undefined;
  readonly output: string;
  readonly tests: readonly GradescopeTest[];
  readonly failed: readonly GradescopeTest[];
}

/** Reads a results.json whose form a schema has been held to, or that a kit wrote where it broke. */
export function parseGradescope(text: string): GradescopeResults {
  const parsed = JSON.parse(text) as Omit<GradescopeResults, 'failed' | 'score'> & {
    readonly score?: number;
  };
  const { score, output, tests } = parsed;
  return { score, output, tests, failed: tests.filter(({ status }) => status === 'failed') };
}
