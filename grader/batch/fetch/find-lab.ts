/** Where a class repository keeps a lab; the same places as in course/find-submission.ts. */
const WITHIN_REPOSITORY = ['labs', 'assignments'];

/** What stands at a path: a folder, something else, or nothing. */
export type Place = 'folder' | 'link' | 'submodule' | 'other' | 'nothing';

export type LabFolder =
  /** Its path, empty where it is the top folder. */
  | { readonly status: 'found'; readonly path: string }
  | { readonly status: 'nothing' | 'refused'; readonly reason: string };

/**
 * Finds the folder of a lab in a submission: where the roster says, in labs/ or assignments/, or the
 * submission itself, unless that is a repository which keeps labs but not this one.
 *
 * @param look what stands at a path, no link seen through
 */
export async function findLab(
  lab: string,
  path: string | undefined,
  look: (path: string) => Promise<Place>,
): Promise<LabFolder> {
  if (path === '') return { status: 'found', path };
  const candidates = path === undefined ? WITHIN_REPOSITORY.map((at) => `${at}/${lab}`) : [path];
  for (const candidate of candidates) {
    const place = await look(candidate);
    if (place === 'folder') return { status: 'found', path: candidate };
    if (place === 'link' || place === 'submodule') {
      const what = place === 'link' ? 'a link' : 'a submodule';
      return { status: 'refused', reason: `${candidate} is ${what}; put the folder itself there` };
    }
  }
  if (path !== undefined) return { status: 'nothing', reason: `there is no folder ${path} in it` };
  const homes = await Promise.all(WITHIN_REPOSITORY.map(look));
  return homes.includes('folder')
    ? { status: 'nothing', reason: `there is no folder ${candidates.join(' or ')} in it` }
    : { status: 'found', path: '' };
}
