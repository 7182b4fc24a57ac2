/** The options that choose what is graded, as they were typed. */
interface Choice {
  readonly from?: string;
  readonly solutions?: boolean;
  readonly runtime: readonly string[];
}

/** The options that choose a submission, to be typed again. */
export function quoteChoice({ from, solutions, runtime }: Choice): readonly string[] {
  return [
    ...(from === undefined ? [] : ['--from', quoteWord(from)]),
    ...(solutions === true ? ['--solutions'] : []),
    ...runtime.flatMap((each) => ['--runtime', quoteWord(each)]),
  ];
}

/** A word for a shell. */
export function quoteWord(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word}'`;
}

/** A command of the grader, as a user types it here. */
export function typeAgain(
  command: 'grade' | 'replay',
  words: readonly string[],
  { choice, underNpm }: { readonly choice: readonly string[]; readonly underNpm: boolean },
): string {
  const dashes = underNpm && choice.length > 0 ? ['--'] : [];
  const start = underNpm ? `npm run ${command}` : `npx wiregrade ${command}`;
  return [start, ...words, ...dashes, ...choice].join(' ');
}
