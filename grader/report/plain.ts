import { readBytes, printByte } from '../model/bytes.ts';
import { stageOf } from '../model/check.ts';
import { chooseFailures } from '../model/choose-failures.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { CheckResult, LabResult, StageResult } from '../model/result.ts';
import { listAsides, listProven } from './asides.ts';
import { fillPort, READERS_PORT } from './readers-port.ts';
import { showCommand } from './show-command.ts';
import { showLine, showLines } from './show-text.ts';
import { stateOf, UNGRADED } from './stage-state.ts';
import { tellSum } from './sum.ts';
import { findUntold, tellNote, tellPlace } from './tell-diagnosis.ts';
import { tellNext } from './tell-next.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { wordBonus } from './words.ts';

/** The first line of a report to be heard: what is being graded. */
export function tellTitle({ lab, title }: Pick<LabResult, 'lab' | 'title'>): string {
  return `${lab}: ${title}\n`;
}

/** One stage, in one sentence. */
export function tellStage(stage: StageResult): string {
  if (stage.status !== 'graded') return `${stage.id}: ${UNGRADED[stage.status]}.\n`;
  const state = { PASS: 'passed', FAIL: 'failed', OOPS: 'the grader broke', TODO: 'not started' };
  const { earned, possible, bonusEarned } = stage.points;
  return `${stage.id}: ${state[stateOf(stage)]}, ${String(earned)} of ${String(possible)} points${wordBonus(bonusEarned)}.\n`;
}

/** What follows the stages, one fact a line: no columns, no drawings, no line broken to fit. */
export function tellRest(result: LabResult, options: TerminalOptions): string {
  const { detail, ruleOf, progress } = options;
  const graded = result.stages.filter(({ status }) => status === 'graded');
  const checks = result.stages.flatMap((stage) => stage.checks);
  const told = chooseFailures(result.stages, detail);
  const failed = checks.filter(({ outcome }) => outcome.status === 'failed').length;
  const next = tellNext(result, { failed, told: told.length }, options);
  const asides = [
    ...(ruleOf ? listProven(graded, ruleOf) : []),
    ...(detail === 'all' ? listAsides(graded).flat() : []),
  ];
  const lines = [
    ...told.flatMap((check) => tellFailure(check, options)),
    ...(detail === 'brief' ? [] : checks.flatMap(tellBroken)),
    ...asides.map(({ name, text }) => `${name}: ${showLine(text, 1000)}`),
    ...tellSum(result, progress),
    ...(next.length > 0 ? [`next: ${next.join(', which ')}`] : []),
  ];
  const said = lines.map((line) => line.trim()).filter((line) => line !== '');
  return said.map((line) => `${line}\n`).join('');
}

function tellFailure({ id, title, bonus, outcome }: CheckResult, options: TerminalOptions) {
  if (outcome.status !== 'failed') return [];
  const { diagnosis, hints, spec, reproduce } = outcome;
  const { code, proven, summary, output = '' } = diagnosis;
  const [hint] = hints;
  return [
    `failed: ${id}: ${title}${bonus ? ' (bonus)' : ''}`,
    `diagnosis: ${code}`,
    `${proven ? '' : 'possibly: '}${showLine(summary, 1000)}`,
    ...tellBytes(diagnosis),
    ...tellExpected(diagnosis),
    ...speak(output).map((line) => `printed: ${line}`),
    ...tellPlace(diagnosis),
    ...tellNote(diagnosis).map((note) => `note: ${note}`),
    ...(spec ? [`why: ${spec.title} (${spec.name})`] : []),
    ...(hint === undefined ? [] : [`hint 1 of ${String(hints.length)}: ${hint}`]),
    ...showCommand(reproduce, 150).map(
      (command) =>
        `to send the same, with your server on port ${READERS_PORT}: ${fillPort(command)}`,
    ),
    `next: ${options.again({ stage: stageOf(id) })}`,
    ...(hint === undefined ? [] : [`for another hint: ${options.hint(id)}`]),
  ];
}

/** Where the first wrong byte is, in words, and the line that it stands in. */
function tellBytes({ received, offset, caption }: Diagnosis): readonly string[] {
  if (!received || received.bytes.size === 0) return [];
  const { bytes, label } = received;
  const size = `${showLine(label)} has ${String(bytes.size)} bytes`;
  if (offset === undefined) return [size];
  const kept = readBytes(bytes);
  const at = offset - bytes.start;
  const start = at <= 0 ? 0 : kept.lastIndexOf(0x0a, at - 1) + 1;
  const end = kept.indexOf(0x0a, at);
  const row = kept.subarray(
    Math.max(start, at - 40),
    end === -1 || end > at + 40 ? at + 40 : end + 1,
  );
  const said = caption === undefined ? 'the first wrong byte' : showLine(caption, 300);
  return [
    size,
    /^byte \d/.test(said) ? said : `byte ${String(offset)}: ${said}`,
    ...(row.byteLength === 0 ? [] : [`around it: ${Array.from(row, printByte).join('')}`]),
  ];
}

function tellExpected(diagnosis: Diagnosis): readonly string[] {
  const expected = findUntold(diagnosis);
  return expected ? [`${showLine(expected.label)}: ${expected.bytes.printable}`] : [];
}

function tellBroken({ id, outcome }: CheckResult): readonly string[] {
  if (outcome.status !== 'broken') return [];
  return [
    `${id}: the grader broke here; this is not your bug, and costs you nothing`,
    ...speak(outcome.error),
  ];
}

/** The lines of a text that say something, without their indent. */
function speak(text: string): readonly string[] {
  const lines = showLines(text, 40).map((line) => line.replace(/\s+/g, ' ').trim());
  return lines.filter((line) => line !== '');
}
