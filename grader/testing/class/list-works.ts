import type { Lab } from '../../lab/check.ts';
import type { Equivalent, Mutant, Proofs, Variant } from '../../lab/proofs.ts';
import { IN_TIME, type Expected, type Files, type Fork } from './fork.ts';
import { fullMarks, join, marksOfEquivalent, marksOfMutant } from './marks.ts';
import { LAB, solutions, starters, within, workOf } from './works.ts';

/** Mutants that let the grader wait for nothing. */
const MUTANTS: readonly (readonly [stage: string, name: string])[] = [
  ['http_serve1', 'answers with a 404 around the page'],
  ['http_serve3', 'catches nothing that parseRequest throws'],
  ['echo_server', 'prints one port and binds another'],
  ['echo_server', 'has a bracket too few'],
  ['http_serve1', 'sends the first 256 bytes of the page'],
  ['http_serve2', 'does not say the type'],
  ['http_serve2', 'has no Date'],
  ['http_serve3', 'prints to stderr'],
  ['http_serve3', 'takes the Host header for the URI'],
  ['http_serve4', 'lists nothing'],
  ['http_serve5', 'does not decode names'],
  ['athome', 'lists without links'],
  ['athome', 'answers GET / with a 404'],
];

/** Right programs, in several languages and places. */
const EQUIVALENTS: readonly (readonly [stage: string, name: string])[] = [
  ['http_serve1', 'in the Python of the first years, laid flat'],
  ['http_serve3', 'in JavaScript with async iterators, called server.mjs'],
  ['http_serve2', 'in JavaScript with prototypes'],
  ['http_serve1', 'in JavaScript with a pipeline'],
  ['echo_server', 'in Python with select'],
  ['http_serve4', 'in Python as an asyncio protocol'],
  ['http_serve2', 'in TypeScript with a namespace, import = and export ='],
  ['http_serve3', 'in TypeScript with decorators and an accessor'],
];

/** Forks that differ by the work that is in them. */
export function listWorks(lab: Lab, { mutants, equivalents }: Proofs): readonly Fork[] {
  const all = lab.stages.map(({ id }) => id);
  const placed = (id: string, files: Files, expected: Expected): Fork => ({
    id,
    commits: [{ at: IN_TIME, files }],
    expected,
  });
  return [
    placed(
      'solved',
      within(`labs/${LAB}`, { ...starters(), ...solutions() }),
      fullMarks(lab, ...all),
    ),
    placed('untouched', within(`labs/${LAB}`, starters()), fullMarks(lab, 'echo_server')),
    placed('at-the-top', solutions(), fullMarks(lab, ...all)),
    placed('in-assignments', within(`assignments/${LAB}`, solutions()), fullMarks(lab, ...all)),
    placed('in-python', within(`labs/${LAB}`, inPython(all)), fullMarks(lab, ...all)),
    placed(
      'half-way',
      within(`labs/${LAB}`, { ...starters(), ...solved('http_serve1'), ...solved('http_serve2') }),
      fullMarks(lab, 'echo_server', 'http_serve1', 'http_serve2'),
    ),
    ...MUTANTS.map(([stage, name], index): Fork => {
      const mutant = find<Mutant>(mutants, stage, name);
      const files = index % 2 === 0 ? workOf(mutant) : within(`labs/${LAB}`, workOf(mutant));
      return placed(`mutant-${String(index + 1)}`, files, marksOfMutant(lab, mutant));
    }),
    ...EQUIVALENTS.map(([stage, name], index): Fork => {
      const equivalent = find<Equivalent>(equivalents, stage, name);
      return placed(
        `equivalent-${String(index + 1)}`,
        workOf(equivalent),
        marksOfEquivalent(lab, equivalent),
      );
    }),
    placed(
      'half-right',
      { ...workOf(find(mutants, 'http_serve2', 'has no Date')), ...solved('http_serve5') },
      join([
        marksOfMutant(lab, find(mutants, 'http_serve2', 'has no Date')),
        fullMarks(lab, 'http_serve5'),
      ]),
    ),
  ];
}

/** The worked solution of one stage. */
export function solved(stage: string): Files {
  return workOf({ name: 'as worked', stage });
}

function inPython(stages: readonly string[]): Files {
  const works = stages.map((stage) =>
    workOf({ name: 'in plain Python', stage, program: `python/${stage}.py` }),
  );
  return Object.fromEntries(works.flatMap((work) => Object.entries(work)));
}

function find<Kind extends Variant>(variants: readonly Kind[], stage: string, name: string): Kind {
  const found = variants.find((each) => each.stage === stage && each.name === name);
  if (!found) throw new Error(`there is no variant of ${stage} that ${name}`);
  return found;
}
