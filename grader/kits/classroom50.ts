import { kitText, NODE_MAJOR, packCourse, type MakeKit } from './kit.ts';

/** The autograder of Classroom 50: an archive of what belongs into an assignment's folder. */
export const makeClassroom50: MakeKit = (lab, { fill, out = `classroom50-${lab.id}.zip` }) => ({
  files: [
    ...packCourse(lab),
    kitText('autograder.py', fill('kits/autograder.py.ejs', { lab: lab.id })),
  ],
  archive: out,
  next: [
    'unpack it in CLASSROOM/autograders/ASSIGNMENT of your classroom50 repository, and push',
    `give the assignment the runtime {"node": "${String(NODE_MAJOR)}", "apt": ["bubblewrap"]}`,
  ],
});
