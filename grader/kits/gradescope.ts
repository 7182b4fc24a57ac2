import { kitText, NODE_MAJOR, packCourse, type MakeKit } from './kit.ts';

/** Numbers that systems give to nobody by themselves, for more programs than are ever under way. */
const USERS = { first: 64_200, last: 64_231 };

/** Less than the ten minutes that Gradescope allows where nothing else is set. */
const MINUTES = 9;

/** The autograder of Gradescope: an archive that is uploaded there. */
export const makeGradescope: MakeKit = (lab, { fill, out = `gradescope-${lab.id}.zip` }) => {
  const view = { lab: lab.id, node: NODE_MAJOR, users: USERS, minutes: MINUTES };
  return {
    files: [
      ...packCourse(lab),
      kitText('setup.sh', fill('kits/setup.sh.ejs', view)),
      kitText('run_autograder', fill('kits/run_autograder.ejs', view)),
    ],
    archive: out,
    next: ['upload it under Configure Autograder, for Ubuntu'],
  };
};
