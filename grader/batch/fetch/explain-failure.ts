/** Why git could not fetch: what the repository holds, or how it is reached. */
export interface FetchFailure {
  readonly status: 'refused' | 'broken';
  readonly reason: string;
}

const UNREACHABLE: readonly (readonly [RegExp, string])[] = [
  [
    /could not read Username|Authentication failed|Invalid username or/,
    'it is private, or there is no such repository',
  ],
  [
    /does not appear to be a git repository|repository '.*' (?:does not exist|not found)/,
    'there is no such repository',
  ],
  [
    /detected dubious ownership/,
    'it belongs to another user of this machine, so git does not read it; start as that user, or make a bare clone of your own',
  ],
  [
    /Could not resolve (?:host|proxy)/,
    'its host has no address; look at the roster and the network',
  ],
  [/Failed to connect|Couldn't connect|Connection refused|timed out/, 'its host does not answer'],
  [/SSL|certificate/, 'its host could not prove who it is'],
  [/No space left|Disk quota/, 'the disk is full'],
];

/** Turns what git printed into one sentence. What the server said ("remote: ...") is not trusted. */
export function explainFailure(stderr: string): FetchFailure {
  const lines = stderr
    .split(/[\r\n]+/)
    .filter((line) => line !== '' && !line.startsWith('remote:'))
    .map((line) => line.replace(/\p{Cc}/gu, ' ').slice(0, 300));
  const fsck = lines.find((line) =>
    /^(?:error|fatal): (?:object [0-9a-f]{40,}: \w+:|fsck error)/.test(line),
  );
  if (fsck !== undefined) {
    const [, what = fsck] = /^\w+: (?:object [0-9a-f]+: )?(.*)$/.exec(fsck) ?? [];
    return { status: 'refused', reason: `git does not take what it holds (${what})` };
  }
  const known = UNREACHABLE.find(([pattern]) => lines.some((line) => pattern.test(line)))?.[1];
  const last = lines.findLast((line) => /^(?:fatal|error):/.test(line)) ?? 'git said nothing';
  return { status: 'broken', reason: known === undefined ? last : `${known} (${last})` };
}
