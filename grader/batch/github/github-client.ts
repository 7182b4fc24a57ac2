import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../../model/errors.ts';

export interface GithubOptions {
  /** Undefined where there is none; then GitHub answers 60 questions an hour. */
  readonly token?: string | undefined;
  /** Of a GitHub Enterprise Server; undefined for github.com. */
  readonly apiUrl?: string | undefined;
  readonly signal: AbortSignal;
  /** Called with a sentence about a wait or what is left out. */
  readonly told: (message: string) => void;
}

/** GitHub's limits start anew every hour. */
const LONGEST_WAIT_SECONDS = 3700;
const MOST_WAITS = 5;
const REQUEST_MS = 30_000;
/** Before it is asked again where it failed or was not reached. */
const RETRY_SECONDS = [1, 3];

export type GithubClient = Awaited<ReturnType<typeof openClient>>;

/** Makes a client of GitHub's REST API, which waits where GitHub asks for it. */
export async function openClient({ token, apiUrl, signal, told }: GithubOptions) {
  const [{ Octokit }, { paginateRest }] = await Promise.all([
    import('@octokit/core'),
    import('@octokit/plugin-paginate-rest'),
  ]);
  const silent = (): void => undefined;
  const Client = Octokit.plugin(paginateRest);
  const client = new Client({
    ...(token !== undefined && token !== '' && { auth: token }),
    ...(apiUrl !== undefined && { baseUrl: apiUrl.replace(/\/+$/, '') }),
    userAgent: 'wiregrade',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, {
          ...init,
          signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]),
        }),
    },
  });
  client.hook.wrap('request', async (request, endpoint) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await request(endpoint);
      } catch (error) {
        signal.throwIfAborted();
        const pause = pauseAfter(error, { tries, token, method: endpoint.method });
        if (pause === undefined) throw error;
        const { seconds, why } = pause;
        told(`GitHub ${why}; it is asked again in ${String(seconds)} s.`);
        await wait(seconds * 1000, undefined, { signal });
      }
    }
  });
  return client;
}

interface Pause {
  readonly seconds: number;
  readonly why: string;
}

interface Attempt {
  /** How often it was asked again already. */
  readonly tries: number;
  readonly token: string | undefined;
  readonly method: string;
}

/**
 * How long to wait before asking again, by GitHub's own rules for clients. Octokit's plugins for
 * throttling and retrying cannot be broken off while they wait, and go on after the signal.
 *
 * @returns undefined where waiting does not help, or would take too long
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
function pauseAfter(error: unknown, { tries, token, method }: Attempt): Pause | undefined {
  const { status, headers } = readFailure(error);
  // Octokit gives 500 to what never reached the server, too.
  if (status >= 500) {
    // What may have been made already is not made twice: who asked for it looks first.
    const seconds = method === 'POST' ? undefined : RETRY_SECONDS[tries];
    return seconds === undefined ? undefined : { seconds, why: 'does not answer' };
  }
  const usedUp = headers['x-ratelimit-remaining'] === '0';
  // Without a token it would be an hour, and after a few pages an hour again.
  const hopeless = tries >= MOST_WAITS || (usedUp && !hasToken(token));
  if (![403, 429].includes(status) || hopeless) return undefined;
  const seconds = secondsToWait(headers, usedUp) ?? (isSecondary(error) ? 60 : Infinity);
  return seconds <= LONGEST_WAIT_SECONDS ? { seconds, why: 'asks for a pause' } : undefined;
}

function secondsToWait(headers: Failure['headers'], usedUp: boolean): number | undefined {
  const after = Number(headers['retry-after']);
  if (after >= 0) return Math.ceil(after);
  const reset = Number(headers['x-ratelimit-reset']);
  // By the server's own clock, since this machine's may be wrong; and one second to be behind it.
  const now = Date.parse(String(headers.date)) / 1000;
  return usedUp && reset > 0 && now > 0 ? Math.max(0, Math.ceil(reset - now)) + 1 : undefined;
}

function isSecondary(error: unknown): boolean {
  return /\bsecondary rate\b|abuse/i.test(messageOf(error));
}

function hasToken(token: string | undefined): boolean {
  return token !== undefined && token !== '';
}

/**
 * Puts what GitHub refused into one sentence.
 *
 * @param what could not be done, such as `let the forks of org/repo be listed`
 * @returns the error itself where it is none of GitHub's answers
 */
export function explainRefusal(
  error: unknown,
  { repository, what }: { readonly repository: string; readonly what: string },
  { token, apiUrl }: Pick<GithubOptions, 'token' | 'apiUrl'>,
): unknown {
  const { status, headers } = readFailure(error);
  const at = apiUrl ?? 'GitHub';
  const limited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  if (status === 401) {
    return usage(
      `${at} does not take the token; make a new one, and set GITHUB_TOKEN to it.`,
      error,
    );
  }
  if (status === 404) {
    const hint = hasToken(token)
      ? 'look at its name, and whether the token may read it'
      : 'look at its name, or set GITHUB_TOKEN if it is private';
    return usage(`${at} knows no repository ${repository}; ${hint}.`, error);
  }
  if ([403, 429].includes(status) && limited) {
    const hint = hasToken(token)
      ? 'start again in an hour'
      : 'set GITHUB_TOKEN, with which it answers 5000 questions an hour';
    return usage(`${at} answers no more questions for now; ${hint}.`, error);
  }
  if (status === 403) return usage(`${at} does not ${what}.`, error);
  return status > 0 ? usage(`${at} could not be asked: ${messageOf(error)}.`, error) : error;
}

function usage(message: string, cause: unknown): UsageError {
  return new UsageError(message, { cause });
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').slice(0, 200);
}

interface Failure {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** @returns status 0 where the error is none of GitHub's answers */
export function readFailure(error: unknown): Failure {
  const status = isRecord(error) ? Number(error.status) || 0 : 0;
  const response = isRecord(error) ? error.response : undefined;
  const headers = isRecord(response) && isRecord(response.headers) ? response.headers : {};
  return { status, headers };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
