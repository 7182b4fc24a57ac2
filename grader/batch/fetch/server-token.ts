/** What a server of repositories takes as the proof of who asks for a private one. */
export interface ServerToken {
  /** The server's address, such as `https://github.com`: nobody else is shown the token. */
  readonly server: string;
  readonly token: string;
}

/**
 * Finds the token for a repository: that of GitHub, or of the GitHub Enterprise Server which the
 * variables of GitHub Actions name.
 *
 * @returns undefined where there is none, or the repository is on another server
 */
export function tokenFor(
  repo: string,
  environment: Readonly<NodeJS.ProcessEnv>,
): ServerToken | undefined {
  const token = environment.GITHUB_TOKEN ?? environment.GH_TOKEN ?? '';
  const server = originOf(
    environment.GITHUB_SERVER_URL ?? environment.GITHUB_API_URL ?? 'https://github.com',
  );
  const isThere = server !== undefined && originOf(repo) === server;
  return token !== '' && isThere ? { server, token } : undefined;
}

/** Without a way of its own: an Enterprise Server's API is at `https://HOST/api/v3`. */
function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, host } = new URL(address);
  if (protocol !== 'https:') return undefined;
  return host === 'api.github.com' ? 'https://github.com' : origin;
}

/**
 * The part of git's environment by which it shows the token where the server asks for it. Git itself
 * compares the server that asks with the one that is named here, behind a redirect too.
 */
export function showToken({ server, token }: ServerToken): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `credential.${server}.helper`,
    // Not in the helper's text: anyone on this machine may read the arguments of a command.
    GIT_CONFIG_VALUE_0: `!printf 'username=x-access-token\\npassword=%s\\n' "$WIREGRADE_TOKEN" #`,
    WIREGRADE_TOKEN: token,
  };
}
