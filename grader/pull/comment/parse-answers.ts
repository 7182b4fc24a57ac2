type Loose = Readonly<Record<string, unknown>> | null | undefined;

/** A pull request, as GitHub's API tells of it. */
export interface ListedPull {
  readonly number: number;
  readonly isOpen: boolean;
  /** The commit at the tip of its branch. */
  readonly sha: string;
  /** Its branch's repository, `owner/name`; empty where that is gone. */
  readonly from: string;
}

/** Reads a pull request; what is missing is empty. */
export function parsePull(entry: unknown): ListedPull {
  const pull = entry as Loose;
  const head = pull?.head as Loose;
  const repo = head?.repo as Loose;
  return {
    number: Number(pull?.number),
    isOpen: pull?.state === 'open',
    sha: textOf(head?.sha),
    from: textOf(repo?.full_name),
  };
}

/** A comment, as GitHub's API tells of it. */
export interface ListedComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

export function parseComment(entry: unknown): ListedComment {
  const comment = entry as Loose;
  const user = comment?.user as Loose;
  return { id: Number(comment?.id), author: textOf(user?.login), body: textOf(comment?.body) };
}

/** Reads the paths of a changed file: where it is now, and where it was. */
export function parseChangedFile(entry: unknown): readonly string[] {
  const file = entry as Loose;
  return [file?.filename, file?.previous_filename].map(textOf).filter((path) => path !== '');
}

/** Reads a user's name; empty where there is none. */
export function parseLogin(entry: unknown): string {
  return textOf((entry as Loose)?.login);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
