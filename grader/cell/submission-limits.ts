// What one submission may hold, wherever it is looked at: in a folder of its author's, or fetched.
export const MOST_FILES = 5000;
/** A cell has room for as much, and for what a program writes beside it. */
export const MOST_BYTES = 96 * 1024 * 1024;
/** Of folders, one in the other. */
export const DEEPEST = 24;
/** Folders that no program needs at grading, and that can be enormous. What is in them is not looked at. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  '__pycache__',
  '.venv',
  'venv',
]);
