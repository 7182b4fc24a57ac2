import type { Lab } from '../lab/check.ts';
import { quoteForShell } from '../model/quote-for-shell.ts';
import {
  holds,
  linesOf,
  PARTS,
  type Part,
  type Proof,
  type ProofRun,
} from '../release/proofs/proof.ts';
import type { LabProof } from '../release/proofs/prove-lab.ts';
import { plural } from '../report/words.ts';
import { wrap } from '../report/wrap.ts';

export interface TableOptions {
  readonly lab: Lab;
  readonly proof: LabProof;
  readonly durationMs: number;
  readonly width: number;
}

/** Whether everything that could be looked at is as it must be. */
export function isProven({ faults, runs }: LabProof): boolean {
  return faults.length === 0 && runs.every(holds);
}

/** The table of what was proven, and below it all that does not hold. */
export function renderLabProof({ lab, proof, durationMs, width }: TableOptions): string {
  const { faults, runs, unavailable } = proof;
  const programs = groupRuns(runs);
  const rows = PARTS.filter((part) => isShown(part, proof)).map((part) =>
    renderRow(part, describePart(part, { lab, proof, programs })),
  );
  const blocks = [
    ...faults.map((fault) => wrap(fault, width, { first: '  hygiene  ', rest: '           ' })),
    ...programs.filter((all) => !all.every(holds)).map((all) => renderProgram(lab, all, width)),
    ...unavailable.map(({ name, unavailable: why = '' }) => `  skipped: ${name}; ${why}`),
  ];
  const changed = programs.filter((all) => findVerdicts(all).length > 1).length;
  const steadiness =
    runs.length === programs.length ? '' : `, verdicts changed: ${String(changed)}`;
  const sum = `${isProven(proof) ? 'All of it holds' : 'It does not hold'}: ${plural(runs.length, 'grading')} of ${plural(programs.length, 'program')}${steadiness}, ${(durationMs / 1000).toFixed(1)}s, seed ${String(Math.min(...runs.map(({ seed }) => seed)))}.`;
  return `${[rows.join('\n'), ...blocks, sum].join('\n\n')}\n\n`;
}

/** A part that the lab has nothing for is left out. */
function isShown(part: Part, { runs, unavailable }: LabProof): boolean {
  const all = [...runs.map(({ proof }) => proof), ...unavailable];
  return part === 'hygiene' || all.some((each) => each.part === part);
}

/** The runs of each program, in the order in which the programs were first graded. */
function groupRuns(runs: readonly ProofRun[]): readonly (readonly ProofRun[])[] {
  return [...new Set(runs.map(({ proof }) => proof))].map((proof) =>
    runs.filter((run) => run.proof === proof),
  );
}

interface Row {
  readonly state: 'PASS' | 'FAIL' | 'SKIP';
  readonly facts: string;
}

function renderRow(part: Part, { state, facts }: Row): string {
  return `  ${state}  ${part.padEnd(Math.max(...PARTS.map((each) => each.length)))}  ${facts}`;
}

function describePart(
  part: Part,
  {
    lab,
    proof,
    programs,
  }: Pick<TableOptions, 'lab' | 'proof'> & { programs: readonly (readonly ProofRun[])[] },
): Row {
  if (part === 'hygiene') return describeHygiene(lab, proof.faults);
  const own = programs.filter(([run]) => run?.proof.part === part);
  const fine = own.filter((all) => all.every(holds)).length;
  const lacking = proof.unavailable.filter((each) => each.part === part).length;
  const skipped = lacking === 0 ? '' : `, ${String(lacking)} not installed`;
  const state = fine < own.length ? 'FAIL' : own.length === 0 ? 'SKIP' : 'PASS';
  return { state, facts: `${String(fine)} of ${String(own.length)} ${MEANING[part]}${skipped}` };
}

/** What it means that a program of this part is as expected. */
const MEANING: Readonly<Record<Exclude<Part, 'hygiene'>, string>> = {
  solutions: 'earn full marks and every bonus',
  starters: 'earn what is due to a starter',
  mutants: 'fail just the checks that they should, for the reason that is named',
  equivalents: 'earn full marks',
  'real servers': 'pass all but what they do otherwise by design',
};

function describeHygiene({ stages }: Lab, faults: readonly string[]): Row {
  if (faults.length > 0) return { state: 'FAIL', facts: plural(faults.length, 'fault') };
  const checks = stages.flatMap((stage) => stage.checks);
  return {
    state: 'PASS',
    facts: `${plural(stages.length, 'stage')}, ${plural(checks.length, 'check')}, each proven by mutants`,
  };
}

/** What was found of a program that is not as expected, and how to see it again. */
function renderProgram(lab: Lab, runs: readonly ProofRun[], width: number): string {
  const [{ proof } = never()] = runs;
  const wrong = runs.filter((run) => !holds(run));
  const verdicts = findVerdicts(wrong);
  const seeds = wrong.map(({ seed }) => String(seed)).join(', ');
  const again = `npm run verify ${lab.id} -- --only ${quoteForShell(proof.name)} --seed ${String(wrong[0]?.seed)}`;
  return [
    `  ${proof.part}: ${proof.name}`,
    ...compare(proof, wrong[0] ?? never(), width),
    ...(verdicts.length > 1 ? [`    and ${String(verdicts.length - 1)} other verdicts`] : []),
    ...(runs.length > 1 ? [`    seeds     ${seeds} of ${String(runs.length)} gradings`] : []),
    `    again     ${again}`,
  ].join('\n');
}

function compare({ expected }: Proof, { found }: ProofRun, width: number): string[] {
  const lines = found.map(({ line }) => line);
  const missing = expected.filter((line) => !lines.includes(line));
  const added = found.filter(({ line }) => !expected.includes(line));
  const details = added.flatMap(({ line, detail }) => [
    `    found     ${line}`,
    ...(detail === undefined ? [] : [wrap(detail, width, { first: '              ' })]),
  ]);
  const nothing = found.length === 0 ? ['    found     nothing: every check passed'] : [];
  return [...missing.map((line) => `    expected  ${line}`), ...nothing, ...details];
}

function findVerdicts(runs: readonly ProofRun[]): string[] {
  return [...new Set(runs.map(({ found }) => linesOf(found)))];
}

function never(): never {
  throw new Error('a program without a grading');
}
