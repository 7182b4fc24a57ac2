import pc from 'picocolors';
import type { CheckResult, Failed, LabResult, StageResult } from '../model/result.ts';
import { chooseFailures } from '../model/shown-failures.ts';
import { drawEvidence } from './hexdump-view.ts';
import { drawSource, namePlace } from './source-view.ts';
import { wrap } from './wrap.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; at least 40. */
  readonly width: number;
  /** How much is told: the table alone, the first failure, or all of them. */
  readonly detail: 'brief' | 'first' | 'all';
  /** What a user types to grade again, with other stages or one more option. */
  readonly again: (change: { readonly stage?: string; readonly option?: string }) => string;
  /** What a user types to see a check asked again; undefined where that cannot be done. */
  readonly replay: (check: string) => string | undefined;
  /** What a user types to go on to the next stage. */
  readonly goOn: string;
}

type Paint = ReturnType<typeof pc.createColors>;

/** The first line of a report: what is being graded. */
export function renderTitle({ lab, title }: Pick<LabResult, 'lab' | 'title'>): string {
  return `${lab}: ${title}\n\n`;
}

/** One stage, in one line. @param ids of all stages, which share the width of their column */
export function renderStage(
  stage: StageResult,
  ids: readonly string[],
  { color }: Pick<TerminalOptions, 'color'>,
): string {
  const paint = pc.createColors(color);
  const id = stage.id.padEnd(Math.max(...ids.map((each) => each.length)));
  const { earned, possible, bonusEarned } = stage.points;
  const points = `${String(earned)}/${String(possible)}`.padStart(6);
  const bonus = (bonusEarned > 0 ? `+${String(bonusEarned)}` : '').padEnd(3);
  const state = stateOf(stage);
  const tail = stage.status === 'graded' ? seconds(stage.durationMs) : TAILS[stage.status];
  const title = stage.title.length > 37 ? `${stage.title.slice(0, 34)}...` : stage.title.padEnd(37);
  return (
    `  ${paintState(state, paint)}  ${id} ${points} ${bonus} ${title} ${tail}`.trimEnd() + '\n'
  );
}

const TAILS = { 'not-started': 'not started', missing: 'no program' };

/** What follows the table: failures with their proof, the sum, and the next step. */
export function renderRest(result: LabResult, options: TerminalOptions): string {
  const paint = pc.createColors(options.color);
  const checks = result.stages.flatMap((stage) => stage.checks);
  const graded = result.stages.filter(({ status }) => status === 'graded');
  const failed = checks.filter(({ outcome }) => outcome.status === 'failed');
  const broken = checks.filter(({ outcome }) => outcome.status === 'broken');
  const told = options.detail === 'brief' ? [] : chooseFailures(result.stages, options.detail);
  const blocks = [
    ...told.map((check) => renderFailure(check, result.submission.path, { options, paint })),
    ...(options.detail === 'brief' ? [] : broken.map(renderBroken)),
    ...(options.detail === 'all'
      ? [renderUnasked(graded, options), renderRemarks(graded, options)]
      : []),
    renderSum(result, checks),
    renderNext(result, { failed: failed.length, told: told.length }, options),
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

function stateOf(stage: StageResult): 'PASS' | 'FAIL' | 'TODO' | 'BROKEN' {
  if (stage.status !== 'graded') return 'TODO';
  const required = stage.checks.filter(({ bonus }) => !bonus);
  if (stage.checks.some(({ outcome }) => outcome.status === 'broken')) return 'BROKEN';
  const fine = required.every(({ outcome }) => ['passed', 'not-judged'].includes(outcome.status));
  return fine ? 'PASS' : 'FAIL';
}

function paintState(state: ReturnType<typeof stateOf>, paint: Paint): string {
  switch (state) {
    case 'PASS':
      return paint.green('PASS');
    case 'FAIL':
      return paint.red('FAIL');
    case 'TODO':
      return paint.dim('TODO');
    case 'BROKEN':
      return paint.yellow('OOPS');
  }
}

/** One failure, with its proof and what to try. @param folder stands before the names of its files */
export function renderFailure(
  check: CheckResult,
  folder: string,
  { options, paint }: { readonly options: TerminalOptions; readonly paint: Paint },
): string {
  const { outcome, id, title, bonus } = check;
  if (outcome.status !== 'failed') return '';
  const { diagnosis } = outcome;
  const code = `[${diagnosis.code}]`;
  const heading = `${id}: ${title}${bonus ? ' (bonus)' : ''}`;
  const room = options.width - heading.length - code.length;
  const gap = room < 2 ? '\n  ' : ' '.repeat(room);
  const summary = diagnosis.proven ? diagnosis.summary : `Possibly: ${diagnosis.summary}`;
  const body = [
    wrap(summary, options.width, { first: '  ' }),
    indent(drawEvidence(diagnosis, options.width)),
    indent(drawExpected(diagnosis)),
    renderOutput(diagnosis, options),
    indent(renderSource(diagnosis, folder, options)),
    diagnosis.note === undefined
      ? ''
      : wrap(diagnosis.note, options.width, { first: '  note  ', rest: '        ' }),
    renderAdvice(check, outcome, options),
  ].filter((part) => part !== '');
  return `${paint.bold(heading)}${gap}${paint.red(code)}\n\n${body.join('\n\n')}\n`;
}

function renderAdvice({ id }: CheckResult, outcome: Failed, options: TerminalOptions): string {
  const { spec, hints, reproduce } = outcome;
  const line = (name: string, text: string): string =>
    wrap(text, options.width, { first: `  ${name.padEnd(5)} `, rest: '        ' });
  const stage = id.split('/')[0] ?? id;
  return [
    ...(spec ? [line('why', `${spec.title} (${spec.name})`)] : []),
    ...(hints[0] === undefined ? [] : [line('hint', `1 of ${String(hints.length)}: ${hints[0]}`)]),
    ...renderTry(options.replay(id), reproduce),
    `  next  ${options.again({ stage })}`,
  ].join('\n');
}

/** Which port is the reader's own choice, as it is they who start the server. */
function renderTry(replay: string | undefined, command = ''): string[] {
  // Nobody pastes a command of many lines.
  const isShort = command !== '' && command.length <= 150;
  const by =
    replay === undefined
      ? 'start your server on port 50000, then'
      : 'or, with your server on port 50000,';
  const lines = [
    ...(replay === undefined ? [] : [replay]),
    ...(isShort ? [by, command.replaceAll('$PORT', '50000')] : []),
  ];
  return lines.length === 0 ? [] : [`  try   ${lines.join('\n        ')}`];
}

/** What the program printed: lines that are too long are broken, and keep their indent. */
function renderOutput({ output = '' }: Failed['diagnosis'], { width }: TerminalOptions): string {
  const lines = output.split('\n').map((line) => `  ${line}`.trimEnd());
  return lines
    .map((line) => {
      const first = /^ */.exec(line)?.[0] ?? '';
      return line.length <= width ? line : wrap(line.trim(), width, { first });
    })
    .join('\n');
}

function drawExpected({ expected, received, code }: Failed['diagnosis']): string[] {
  const shown = expected && (!received || code === 'wrong-return' || code === 'not-listed');
  if (!shown || expected.bytes.size > 400) return [];
  return [`${expected.label}:`, ...expected.bytes.printable.split('\\n').map((row) => `  ${row}`)];
}

function renderBroken({ id, outcome }: CheckResult): string {
  if (outcome.status !== 'broken') return '';
  return `${id}: the grader broke here; this is not your bug, and costs you nothing\n\n${indent(
    outcome.error.split('\n'),
  )}\n\n  next  grade again; if it comes back, report it with the lines above\n`;
}

function renderUnasked(stages: readonly StageResult[], { width }: TerminalOptions): string {
  const words = { skipped: 'skipped     ', 'not-judged': 'not judged  ' };
  const lines = stages
    .flatMap(({ checks }) => checks)
    .flatMap(({ id, outcome }) => {
      if (outcome.status !== 'not-judged' && outcome.status !== 'skipped') return [];
      const margin = { first: words[outcome.status], rest: ' '.repeat(12) };
      return [wrap(`${id}: ${outcome.because}`, width, margin)];
    });
  return lines.map((line) => `${line}\n`).join('');
}

function renderRemarks(stages: readonly StageResult[], { width }: TerminalOptions): string {
  const margin = { first: 'remark  ', rest: ' '.repeat(8) };
  return stages
    .flatMap(({ id, remarks }) =>
      remarks.map((remark) => `${wrap(`${id}: ${remark}`, width, margin)}\n`),
    )
    .join('');
}

function renderSum(result: LabResult, checks: readonly CheckResult[]): string {
  const { earned, possible, bonusEarned } = result.points;
  const passed = checks.filter(({ outcome }) => outcome.status === 'passed').length;
  const judged = checks.filter(({ outcome }) => outcome.status !== 'not-judged').length;
  const asked = result.stages.flatMap((stage) => (stage.status === 'graded' ? stage.checks : []));
  const skipped = asked.filter(({ outcome }) => outcome.status === 'skipped').length;
  const unjudged = checks.length - judged;
  const aside = [
    ...(skipped > 0 ? [` ${String(skipped)} skipped.`] : []),
    ...(unjudged > 0 ? [` ${String(unjudged)} not judged.`] : []),
  ].join('');
  return (
    `${String(passed)}/${String(judged)} checks, ${String(earned)}/${String(possible)} points and ` +
    `${String(bonusEarned)} bonus, ${seconds(result.durationMs)}, seed ${String(result.seed)}.${aside}\n`
  );
}

function renderNext(
  { stages }: LabResult,
  { failed, told }: { failed: number; told: number },
  { again, goOn, detail }: TerminalOptions,
): string {
  if (failed > told && detail === 'first') {
    const others = String(failed - told);
    return `next  ${again({ option: '--all' })}\n      shows the other ${others} that failed\n`;
  }
  const [first] = stages;
  const todo = stages.find(({ status }) => status !== 'graded');
  if (failed > 0 || !todo) return '';
  if (todo === first) return `next  write ${todo.program ?? `${todo.id}/${todo.id}.ts`}\n`;
  return `next  ${goOn}\n      begins ${todo.id} with a copy of the stage before it\n`;
}

function renderSource(
  { source }: Failed['diagnosis'],
  folder: string,
  { width }: TerminalOptions,
): string[] {
  if (!source) return [];
  // As an editor takes it from where the command was typed.
  const above = folder === '.' ? '' : `${folder.replaceAll('\\', '/')}/`;
  return [namePlace(source, above), ...drawSource(source, width - 2)];
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`.trimEnd()).join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)}s`;
}
