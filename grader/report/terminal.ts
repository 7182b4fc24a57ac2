import pc from 'picocolors';
import type { Spec } from '../model/check.ts';
import type { Progress } from '../model/progress.ts';
import type { CheckResult, Failed, LabResult } from '../model/result.ts';
import { listAsides, listProven, renderAsides } from './asides.ts';
import { drawEvidence } from './hexdump-view.ts';
import { showLine, showLines } from './show-text.ts';
import { chooseFailures, type Detail } from './shown-failures.ts';
import { drawSource, namePlace } from './source-view.ts';
import { renderSum, tellSum } from './sum.ts';
import { wrap } from './wrap.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; at least 40. */
  readonly width: number;
  readonly detail: Detail;
  /** What a user types to grade again, with other stages or one more option. */
  readonly again: (change: { readonly stage?: string; readonly option?: string }) => string;
  /** What a user types to get one more hint on a failed check. */
  readonly hint: (check: string) => string;
  /** What a user types to see a check asked again; undefined where that cannot be done. */
  readonly replay: (check: string) => string | undefined;
  /** What a user types to go on to the next stage. */
  readonly goOn: string;
  /** The rule of a check, where a report is to explain what those that passed have shown. */
  readonly ruleOf?: (check: string) => Spec | undefined;
  /** What has changed since the last run, where that is known. */
  readonly progress?: Progress | undefined;
}

type Paint = ReturnType<typeof pc.createColors>;

/** The first line of a report: what is being graded. */
export function renderTitle({ lab, title }: Pick<LabResult, 'lab' | 'title'>): string {
  return `${lab}: ${title}\n\n`;
}

/** What follows the table: failures with their proof, the sum, and the next step. */
export function renderRest(result: LabResult, options: TerminalOptions): string {
  const { detail, width, ruleOf, progress } = options;
  const paint = pc.createColors(options.color);
  const checks = result.stages.flatMap((stage) => stage.checks);
  const graded = result.stages.filter(({ status }) => status === 'graded');
  const failed = checks.filter(({ outcome }) => outcome.status === 'failed').length;
  const broken = checks.filter(({ outcome }) => outcome.status === 'broken');
  const told = chooseFailures(result, detail);
  const asides = [
    ...(ruleOf ? [listProven(graded, ruleOf)] : []),
    ...(detail === 'all' ? listAsides(graded) : []),
  ];
  const blocks = [
    ...told.map((check) => renderFailure(check, result.submission.path, { options, paint })),
    ...(detail === 'brief' ? [] : broken.map((check) => renderBroken(check, width))),
    ...asides.map((each) => renderAsides(each, width)),
    renderSum(tellSum(result, progress), width),
    renderNext(result, { failed, told: told.length }, options),
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

/** The next step alone: the first failure with its proof, or what to go on with. */
export function renderStep(result: LabResult, options: TerminalOptions): string {
  const checks = result.stages.flatMap((stage) => stage.checks);
  const isAmiss = ({ outcome }: CheckResult): boolean =>
    outcome.status === 'failed' || outcome.status === 'broken';
  const amiss = checks.filter(isAmiss).sort((a, b) => Number(a.bonus) - Number(b.bonus));
  const [first] = amiss;
  if (!first) return renderNext(result, { failed: 0, told: 0 }, options);
  if (first.outcome.status === 'broken') return renderBroken(first, options.width);
  const paint = pc.createColors(options.color);
  return renderFailure(first, result.submission.path, { options, paint });
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
  const told = showLine(diagnosis.summary, LONGEST);
  const summary = diagnosis.proven ? told : `Possibly: ${told}`;
  const body = [
    wrap(summary, options.width, { first: '  ' }),
    indent(drawEvidence(diagnosis, options.width)),
    drawExpected(diagnosis, options),
    renderOutput(diagnosis, options),
    indent(renderSource(diagnosis, folder, options)),
    diagnosis.note === undefined
      ? ''
      : wrap(showLine(diagnosis.note, LONGEST), options.width, {
          first: '  note  ',
          rest: '        ',
        }),
    renderAdvice(check, outcome, options),
  ].filter((part) => part !== '');
  return `${paint.bold(wrap(heading, options.width, { first: '', rest: '  ' }))}${gap}${paint.red(code)}\n\n${body.join('\n\n')}\n`;
}

function renderAdvice({ id }: CheckResult, outcome: Failed, options: TerminalOptions): string {
  const { spec, hints, reproduce } = outcome;
  const line = (name: string, text: string): string =>
    wrap(text, options.width, { first: `  ${name.padEnd(5)} `, rest: '        ' });
  const stage = id.split('/')[0] ?? id;
  const next = [options.again({ stage }), ...(hints.length > 0 ? [options.hint(id)] : [])];
  const beside = `  next  ${next.join(GAP)}`;
  return [
    ...(spec ? [line('why', `${spec.title} (${spec.name})`)] : []),
    ...(hints[0] === undefined ? [] : [line('hint', `1 of ${String(hints.length)}: ${hints[0]}`)]),
    ...renderTry(options.replay(id), reproduce, options.width),
    beside.length <= options.width ? beside : `  next  ${next.join('\n        ')}`,
  ].join('\n');
}

/** Between two commands that stand in one line. */
const GAP = ' '.repeat(8);

/** A program may make a header, and so a sentence about it, as long as it likes. */
const LONGEST = 1000;

/** Which port is the reader's own choice, as it is they who start the server. */
function renderTry(replay: string | undefined, command = '', width: number): string[] {
  // Nobody pastes a command of many lines.
  const isShort = command !== '' && command.length <= 150;
  const by =
    replay === undefined
      ? 'start your server on port 50000, then'
      : 'or, with your server on port 50000,';
  const lines = [
    ...(replay === undefined ? [] : [replay]),
    ...(isShort && command.includes('$PORT') ? wrap(by, width - 8, { first: '' }).split('\n') : []),
    ...(isShort ? [showLine(command).replaceAll('$PORT', '50000')] : []),
  ];
  return lines.length === 0 ? [] : [`  try   ${lines.join('\n        ')}`];
}

/** What the program printed: lines that are too long are broken, and keep their indent. */
function renderOutput({ output = '' }: Failed['diagnosis'], { width }: TerminalOptions): string {
  if (output === '') return '';
  return showLines(output, 40)
    .map((line) => breakLine(`  ${line}`.trimEnd(), width))
    .join('\n');
}

function breakLine(text: string, width: number): string {
  const line = text.replaceAll('\t', '    ');
  const first = /^ */.exec(line)?.[0].slice(0, 12) ?? '';
  return line.length <= width ? line : wrap(line.trim(), width, { first });
}

function drawExpected(
  { expected, received, code }: Failed['diagnosis'],
  { width }: TerminalOptions,
): string {
  const shown = expected && (!received || code === 'wrong-return' || code === 'not-listed');
  if (!shown || expected.bytes.size > 400) return '';
  const rows = expected.bytes.printable.split('\\n');
  const title = wrap(`${showLine(expected.label)}:`, width, { first: '  ' });
  return [title, ...rows.map((row) => wrap(row, width, { first: '    ' }))].join('\n');
}

function renderBroken({ id, outcome }: CheckResult, width: number): string {
  if (outcome.status !== 'broken') return '';
  const title = `${id}: the grader broke here; this is not your bug, and costs you nothing`;
  const stack = showLines(outcome.error, 40).map((line) => breakLine(`  ${line}`, width));
  const next = 'grade again; if it comes back, report it with the lines above';
  return [
    `${wrap(title, width, { first: '', rest: '  ' })}\n`,
    `${stack.join('\n')}\n`,
    `${wrap(next, width, { first: '  next  ', rest: '        ' })}\n`,
  ].join('\n');
}

function renderNext(
  result: LabResult,
  counts: { failed: number; told: number },
  options: TerminalOptions,
): string {
  const lines = tellNext(result, counts, options);
  return lines.map((line, index) => `${index === 0 ? 'next  ' : '      '}${line}\n`).join('');
}

/** What to do next, where no failure says so: a command, or a sentence, and what it is good for. */
export function tellNext(
  { stages }: LabResult,
  { failed, told }: { failed: number; told: number },
  { again, goOn, detail }: TerminalOptions,
): readonly string[] {
  if (failed > told && detail === 'first') {
    const others = failed - told === 1 ? 'other one' : `other ${String(failed - told)}`;
    return [again({ option: '--all' }), `shows the ${others} that failed`];
  }
  const [first] = stages;
  const todo = stages.find(({ status }) => status !== 'graded');
  if (failed > 0 || !todo) return [];
  if (todo === first) return [`write ${todo.program ?? `${todo.id}/${todo.id}.ts`}`];
  return [goOn, `begins ${todo.id} with a copy of the stage before it`];
}

function renderSource(
  { source }: Failed['diagnosis'],
  folder: string,
  { width }: TerminalOptions,
): string[] {
  if (!source) return [];
  // As an editor takes it from where the command was typed.
  const above = folder === '.' ? '' : `${folder.replaceAll('\\', '/')}/`;
  const place = showLine(namePlace(source, above), 500);
  return [place, ...drawSource(source, width - 2).map((line) => showLines(line, 1).join(''))];
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`.trimEnd()).join('\n');
}
