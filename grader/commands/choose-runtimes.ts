import type { Environment } from '../run/environment.ts';
import { readRuntimes, resolveRuntime, type Runtime } from '../run/runtimes.ts';

/**
 * The table of runtimes, with those of `--runtime` in it, each of which is there: nothing is graded by a
 * command that is not.
 *
 * @param typed such as `py=/opt/python3.12`
 * @throws UsageError where one is not of the form EXT=COMMAND, or its command is not found here
 */
export async function chooseRuntimes(
  typed: readonly string[],
  { environment, sandbox }: { readonly environment: Environment; readonly sandbox: string },
): Promise<readonly Runtime[]> {
  const runtimes = readRuntimes(typed);
  // Those of a container are in its image.
  const here = sandbox === 'docker' ? [] : runtimes.slice(0, typed.length);
  for (const runtime of here) await resolveRuntime(runtime, environment);
  return runtimes;
}
