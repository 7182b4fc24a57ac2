/** A job of a .gitlab-ci.yml, as far as tests look at it. */
interface GitlabJob {
  readonly image: string;
  readonly script: readonly string[];
  readonly before_script: readonly string[];
  readonly rules: readonly { readonly if: string }[];
  readonly artifacts: object;
}

/** Finds a job in what a .gitlab-ci.yml says. */
export function parseGitlabJob(file: unknown, name: string): GitlabJob {
  const job = (file as Record<string, GitlabJob | undefined>)[name];
  if (job === undefined) throw new Error(`there is no job ${name}`);
  return job;
}
