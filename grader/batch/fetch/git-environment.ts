/** What is passed on: where git is, and how this machine reaches the internet. */
const PASSED_ON = [
  'PATH',
  'Path',
  'SystemRoot',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
  'GIT_SSL_CAINFO',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** Git's environment: none of the user's own settings, keys or helpers, and never a question. */
export function gitEnvironment(environment: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(
      PASSED_ON.flatMap((name) =>
        environment[name] === undefined ? [] : [[name, environment[name]]],
      ),
    ),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_LITERAL_PATHSPECS: '1',
    // What is not there is never fetched when it is asked for, by commands that a repository names.
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // No ~/.netrc either: libcurl would look for one in the home that the password file names.
    HOME: '/dev/null',
    // Its messages are looked into.
    LC_ALL: 'C',
  };
}
