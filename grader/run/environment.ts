/** Variables that a program may need to run at all, and that say nothing about the grader. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ'];
const PASSED_ON_BY_WINDOWS = [
  'Path',
  'PATHEXT',
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'TEMP',
  'TMP',
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
 * @param mark a word that no other process carries
 */
export function cleanEnvironment(own: Environment, mark: string): Record<string, string> {
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
    [MARK]: mark,
  };
}

/** The variable that marks a student's processes. */
export const MARK = 'WIREGRADE_MARK';
