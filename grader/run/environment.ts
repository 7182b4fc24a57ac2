/** Variables that a program may need to run at all, and that say nothing about the grader. */
const PASSED_ON = ['PATH', 'HOME', 'TZ'];
const PASSED_ON_BY_WINDOWS = [
  'Path',
  'PATHEXT',
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
];

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a student's program: clean, so that it starts fast and alike everywhere, and
 * marked, so that every process it leaves behind can be found.
 *
 * @param own the grader's environment
 * @param given the mark, a word that no other process carries, and the folder for temporary files
 */
export function cleanEnvironment(
  own: Environment,
  given: { readonly mark: string; readonly temporary: string },
): Record<string, string> {
  const names = process.platform === 'win32' ? PASSED_ON_BY_WINDOWS : PASSED_ON;
  const kept = names.flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LANG: 'C.UTF-8',
    // A pipe makes Python hold its prints back; a console, which the assignment means, does not.
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    TMPDIR: given.temporary,
    TEMP: given.temporary,
    TMP: given.temporary,
    [MARK]: given.mark,
  };
}

/** The variable that marks a student's processes. */
export const MARK = 'WIREGRADE_MARK';
