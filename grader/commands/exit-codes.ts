/** What a grading exits with, by its verdict. */
export const EXIT_CODES = { passed: 0, failed: 1, broken: 3 } as const;
