import { kitText, NODE_MAJOR, type MakeKit } from './kit.ts';

/** A job for GitLab that grades merge requests. */
export const makeGitlab: MakeKit = (lab, { fill, out = '.gitlab-ci.yml' }) => ({
  files: [kitText(out, fill('kits/gitlab-ci.yml.ejs', { lab: lab.id, node: NODE_MAJOR }))],
  next: ['commit it on the default branch'],
});
