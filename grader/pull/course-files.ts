import { surveyFolder } from '../cell/survey.ts';
import { isLabSource } from '../course/lab-sources.ts';
import { labFolder } from '../course/project.ts';
import type { Lab } from '../lab/check.ts';

/** What is told about a lab, or a stage. */
const TEXT = /^(?:[^/]+\/)?README\.md$/;

/**
 * Lists the files of a lab, by their paths in its folder, that are the course's and not a student's:
 * its checks, its texts, and the files that every server is to serve. Those of this very course are
 * graded with, whatever a pull request has in their places.
 */
export function listCourseFiles(lab: Lab): ReadonlySet<string> {
  const paths = surveyFolder(labFolder(lab.id)).map(({ path }) => path);
  const there = new Set(paths);
  const own = lab.stages.filter(({ folder }) => folder !== '.').map(({ folder }) => `${folder}/`);
  const isOfCourse = (path: string): boolean => {
    if (isLabSource(path, lab.stages) || TEXT.test(path)) return true;
    if (!lab.assets.some((asset) => path === asset || path.startsWith(`${asset}/`))) return false;
    // In a stage's own folder, what the lab does not give to all is the student's own.
    const stage = own.find((folder) => path.startsWith(folder));
    return stage === undefined || there.has(path.slice(stage.length));
  };
  return new Set(paths.filter(isOfCourse));
}
