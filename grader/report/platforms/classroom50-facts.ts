import { UsageError } from '../../model/errors.ts';

/** What the runner of Classroom 50 knows of a submission, by the names of its record. */
export interface Classroom50Facts {
  readonly classroom: string;
  readonly assignment: string;
  readonly assignment_type: string;
  readonly owner: string;
  /** A tag that begins with `submit/`. */
  readonly submission: string;
  readonly commit: string;
  readonly release: string;
  readonly review: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads what the runner of Classroom 50 says of a submission.
 *
 * @throws UsageError that names the variables that are missing, or the tag that is none
 */
export function readClassroom50(environment: Environment): Classroom50Facts {
  const missing = NEEDED.filter((name) => (environment[name] ?? '') === '');
  if (missing.length > 0) {
    throw new UsageError(
      `--format classroom50 needs ${missing.join(', ')} in the environment, as the runner of Classroom 50 sets it; run it there, or set it by hand.`,
    );
  }
  const read = (name: (typeof NEEDED)[number]): string => environment[name] ?? '';
  const submission = read('SUBMISSION_TAG');
  if (!submission.startsWith('submit/')) {
    throw new UsageError(
      `SUBMISSION_TAG is ${JSON.stringify(submission)}, which is no tag of a submission; it begins with submit/.`,
    );
  }
  const commit = read('COMMIT_URL');
  return {
    classroom: read('CLASSROOM'),
    assignment: read('ASSIGNMENT'),
    // These two the runner puts right by itself.
    assignment_type: environment.ASSIGNMENT_TYPE ?? 'individual',
    owner: ownerOf(commit),
    submission,
    commit,
    release: read('RELEASE_URL'),
    // There is none where a submission is not compared with an earlier one.
    review:
      environment.REVIEW_URL === undefined || environment.REVIEW_URL === ''
        ? commit
        : environment.REVIEW_URL,
  };
}

const NEEDED = ['CLASSROOM', 'ASSIGNMENT', 'SUBMISSION_TAG', 'COMMIT_URL', 'RELEASE_URL'] as const;

/** `https://github.com/OWNER/REPO/commit/SHA` */
function ownerOf(commit: string): string {
  const owner = URL.canParse(commit) ? new URL(commit).pathname.split('/')[1] : '';
  if (owner !== undefined && owner !== '') return owner;
  throw new UsageError(
    `COMMIT_URL is ${JSON.stringify(commit)}, which is no address of a commit, such as https://github.com/OWNER/REPO/commit/SHA.`,
  );
}
