import { kitText, NODE_MAJOR, type MakeKit } from './kit.ts';

/** A job for GitLab that grades merge requests. */
export const makeGitlab: MakeKit = (lab, { fill }) => ({
  files: [
    kitText('.gitlab-ci.yml', fill('kits/gitlab-ci.yml.ejs', { lab: lab.id, node: NODE_MAJOR })),
  ],
  name: '.gitlab-ci.yml',
  next: ['commit it on the default branch'],
});
