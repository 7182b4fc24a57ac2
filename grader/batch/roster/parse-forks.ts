/** A fork, as GitHub's API tells of it. */
export interface ListedFork {
  /** Its owner's login; empty where the account is gone. */
  readonly owner: string;
  readonly name: string;
  readonly address: string;
  /** Ours to read only with a key, which git is not given. */
  readonly isPrivate: boolean;
}

type Loose = Readonly<Record<string, unknown>> | null | undefined;

/** Reads an entry of the list; what is missing is empty. */
export function parseFork(entry: unknown): ListedFork {
  const fork = entry as Loose;
  const owner = fork?.owner as Loose;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    owner: text(owner?.login),
    name: text(fork?.name),
    address: text(fork?.clone_url),
    isPrivate: fork?.private === true,
  };
}
