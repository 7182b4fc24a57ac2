import pc from 'picocolors';
import { stageOf } from '../model/check.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { CheckResult, Failed } from '../model/result.ts';
import { drawEvidence } from './draw-evidence.ts';
import { fillPort, READERS_PORT, usesPort } from './readers-port.ts';
import { showCommand } from './show-command.ts';
import { showLine, showLines } from './show-text.ts';
import { drawPlace } from './draw-source.ts';
import { findUntold, tellNote, tellSummary } from './tell-diagnosis.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { indent, wrap } from './wrap.ts';

/** One failure, with its proof and what to try. @param folder stands before the names of its files */
export function renderFailure(
  check: CheckResult,
  folder: string,
  options: TerminalOptions,
): string {
  const { outcome, id, title, bonus } = check;
  if (outcome.status !== 'failed') return '';
  const { diagnosis } = outcome;
  const { width } = options;
  const paint = pc.createColors(options.color);
  const code = `[${diagnosis.code}]`;
  const heading = `${id}: ${title}${bonus ? ' (bonus)' : ''}`;
  const room = width - heading.length - code.length;
  const gap = room < 2 ? '\n  ' : ' '.repeat(room);
  const body = [
    wrap(tellSummary(diagnosis), width, { first: '  ' }),
    indent(drawEvidence(diagnosis, width)),
    drawExpected(diagnosis, width),
    drawOutput(diagnosis, width),
    indent(drawPlace(diagnosis, folder, width - 2)),
    ...tellNote(diagnosis).map((note) => drawNamed('note', note, width)),
    renderAdvice(id, outcome, options),
  ].filter((part) => part !== '');
  return `${paint.bold(wrap(heading, width, { first: '', rest: '  ' }))}${gap}${paint.red(code)}\n\n${body.join('\n\n')}\n`;
}

function drawExpected(diagnosis: Diagnosis, width: number): string {
  const expected = findUntold(diagnosis);
  if (!expected) return '';
  const rows = expected.bytes.printable.split('\\n');
  const title = wrap(`${showLine(expected.label)}:`, width, { first: '  ' });
  return [title, ...rows.map((row) => wrap(row, width, { first: '    ' }))].join('\n');
}

function drawOutput({ output = '' }: Diagnosis, width: number): string {
  if (output === '') return '';
  return showLines(output, 40)
    .map((line) => breakLine(`  ${line}`.trimEnd(), width))
    .join('\n');
}

/** Breaks a line that is too long, and keeps its indent. */
function breakLine(text: string, width: number): string {
  const line = text.replaceAll('\t', '    ');
  const first = /^ */.exec(line)?.[0].slice(0, 12) ?? '';
  return line.length <= width ? line : wrap(line.trim(), width, { first });
}

/** A paragraph behind its name. */
function drawNamed(name: string, text: string, width: number): string {
  return wrap(text, width, { first: `  ${name.padEnd(5)} `, rest: BELOW });
}

const BELOW = ' '.repeat(8);

function renderAdvice(id: string, outcome: Failed, options: TerminalOptions): string {
  const { spec, hints } = outcome;
  const { width } = options;
  const next = [
    options.again({ stage: stageOf(id) }),
    ...(hints.length > 0 ? [options.hint(id)] : []),
  ];
  const beside = `  next  ${next.join(BELOW)}`;
  return [
    ...(spec ? [drawNamed('why', `${spec.title} (${spec.name})`, width)] : []),
    ...hints
      .slice(0, 1)
      .map((hint) => drawNamed('hint', `1 of ${String(hints.length)}: ${hint}`, width)),
    ...drawTry(options.replay(id), outcome, width),
    beside.length <= width ? beside : `  next  ${next.join(`\n${BELOW}`)}`,
  ].join('\n');
}

/** Which port is the reader's own choice, as it is they who start the server. */
function drawTry(replay: string | undefined, { reproduce }: Failed, width: number): string[] {
  const commands = showCommand(reproduce, 150);
  const by =
    replay === undefined
      ? `start your server on port ${READERS_PORT}, then`
      : `or, with your server on port ${READERS_PORT},`;
  const room = width - BELOW.length;
  const lines = [
    ...(replay === undefined ? [] : [replay]),
    ...(commands.some(usesPort) ? wrap(by, room, { first: '' }).split('\n') : []),
    ...commands.map(fillPort),
  ];
  return lines.length === 0 ? [] : [`  try   ${lines.join(`\n${BELOW}`)}`];
}

/** A check that the grader could not judge by a fault of its own, with the stack. */
export function renderBroken({ id, outcome }: CheckResult, width: number): string {
  if (outcome.status !== 'broken') return '';
  const title = `${id}: the grader broke here; this is not your bug, and costs you nothing`;
  const stack = showLines(outcome.error, 40).map((line) => breakLine(`  ${line}`, width));
  const next = 'grade again; if it comes back, report it with the lines above';
  return [
    `${wrap(title, width, { first: '', rest: '  ' })}\n`,
    `${stack.join('\n')}\n`,
    `${drawNamed('next', next, width)}\n`,
  ].join('\n');
}
