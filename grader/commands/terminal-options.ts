import type { TerminalOptions } from '../report/terminal-options.ts';
import type { Console } from './console.ts';
import type { Choice } from './grade-asked.ts';
import { repeatChoice, repeatSubmission, typeCommand } from './type-again.ts';

/** What was typed, as far as reports show it or repeat it. */
export interface ReportsAsked {
  readonly lab: string;
  readonly stages: readonly string[];
  readonly format: readonly string[];
  readonly all?: boolean;
  readonly brief?: boolean;
  /** True: one fact a line, for ears. */
  readonly plain?: boolean;
  /** The options that choose what is graded and how, as they were typed. */
  readonly choice: Choice;
}

/** What is known besides the result once it is there. */
export interface Known extends Pick<TerminalOptions, 'progress' | 'ruleOf'> {
  /** Whether it is remembered which hints were shown. */
  readonly remembers: boolean;
}

/** How a terminal is to show results. */
export function terminalOptions(
  asked: Omit<ReportsAsked, 'format'>,
  console: Console,
  known: Known = { remembers: false },
): TerminalOptions {
  return {
    color: console.color,
    width: console.width,
    detail: asked.brief === true ? 'brief' : asked.all === true ? 'all' : 'first',
    again: (change) => gradeAgain(asked, change, console),
    hint: (check) => hintOn(check, { ...asked, ...known }, console),
    replay: (check) => replayOf(check, asked, console),
    goOn: typeCommand({ command: 'next', words: [asked.lab], options: [] }, console),
    ...known,
  };
}

/** The command that grades the same again, but for the change. */
function gradeAgain(
  { lab, stages, choice }: Pick<ReportsAsked, 'lab' | 'stages' | 'choice'>,
  { stage, option }: Parameters<TerminalOptions['again']>[0],
  console: Console,
): string {
  const options = [...repeatChoice(choice), ...(option === undefined ? [] : [option])];
  const words = [lab, ...(stage === undefined ? stages : [stage])];
  return typeCommand({ command: 'grade', words, options }, console);
}

/** The command for another hint. It finds the next failure by itself, where that is this one. */
function hintOn(
  check: string,
  { lab, stages, all, choice, remembers }: Omit<ReportsAsked, 'format'> & Known,
  console: Console,
): string {
  const isNext = all !== true && choice.only === undefined && stages.length < 2;
  const words = [lab, ...(isNext ? stages : [check])];
  // The first one is in the report.
  const options = [...repeatChoice(choice), ...(remembers ? [] : ['--level', '2'])];
  return typeCommand({ command: 'hint', words, options }, console);
}

/** The command that asks one check again, and shows what goes over the wire. */
function replayOf(
  check: string,
  { lab, choice }: Pick<ReportsAsked, 'lab' | 'choice'>,
  console: Console,
): string | undefined {
  if (choice.url !== undefined) return undefined;
  const options = repeatSubmission(choice);
  return typeCommand({ command: 'replay', words: [lab, check], options }, console);
}
