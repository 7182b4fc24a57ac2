import type { Lab } from '../../lab/check.ts';
import { PROJECT } from '../../course/project.ts';
import { IN_TIME, type Expected, type Files, type Fork } from './fork.ts';
import * as programs from './hostile-programs.ts';
import { solved } from './list-works.ts';
import { fullMarks } from './marks.ts';

/** Forks whose programs try to harm the grading, or their neighbours. */
export function listHostile(lab: Lab): readonly Fork[] {
  const hostile = (id: string, files: Files, expected: Expected): Fork => ({
    ...{ id, commits: [{ at: IN_TIME, files }], expected, hostile: true },
  });
  const echo = (program: string, extension = 'mjs'): Files => ({
    [`echo_server.${extension}`]: program,
  });
  const earns = (points: number): Expected => ({
    ...{ status: 'graded', stages: { echo_server: points }, bonus: 0 },
  });
  const right = textOf(solved('echo_server'), 'echo_server/echo_server.ts');
  const full = fullMarks(lab, 'echo_server');
  const others = ['solutions', 'grader', 'package.json'].map((name) => `${PROJECT}/${name}`);
  return [
    hostile('prints-results', echo(programs.printsResults(right), 'ts'), full),
    hostile('reads-others', echo(programs.readsOthers(right, others), 'ts'), full),
    hostile('exits-at-once', echo(programs.EXITS_AT_ONCE), earns(0)),
    hostile('forks', echo(programs.FORKS_AND_ECHOES, 'py'), full),
    hostile('floods', echo(programs.FLOODS), earns(0)),
    hostile('spins', echo(programs.SPINS), full),
    // It listens where it was told to, and that is a point.
    hostile('never-answers', echo(programs.NEVER_ANSWERS), earns(1)),
  ];
}

function textOf(files: Files, path: string): string {
  const content = files[path];
  if (content === undefined) throw new Error(`there is no ${path}`);
  return content.toString();
}
