import { UsageError } from '../model/errors.ts';
import type { CheckResult, LabResult, StageResult } from '../model/result.ts';
import { renderJson } from '../report/json.ts';
import { chooseFailures } from '../report/shown-failures.ts';
import type { TerminalOptions } from '../report/terminal.ts';
import { DRAWN, PLAIN, renderAll, type Voice } from '../report/voice.ts';
import type { Console } from './console.ts';
import type { Choice } from './grade-asked.ts';
import type { Told } from './history/run-record.ts';
import { repeatChoice, typeCommand } from './type-again.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** Where the results go, as they come. */
export interface Reports {
  readonly begin: (lab: Pick<LabResult, 'lab' | 'title'>, stages: readonly string[]) => void;
  readonly onStage: (stage: StageResult) => void;
  /** @returns the hints that were shown on stdout */
  readonly end: (result: LabResult, known: Known) => readonly Told[];
}

/** What is known besides the result once it is there. */
interface Known extends Pick<TerminalOptions, 'progress' | 'ruleOf'> {
  /** Whether it is remembered which hints were shown. */
  readonly remembers: boolean;
}

interface Format {
  readonly name: string;
  readonly render: Renderer;
  readonly file: string | undefined;
}

type Renderer = (result: LabResult, options: TerminalOptions, voice: Voice) => string;

/** Every format by its name: each is a pure function of the result. */
const FORMATS: Readonly<Record<string, Renderer>> = {
  terminal: (result, options, voice) => renderAll(voice, result, options),
  json: renderJson,
};

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

/**
 * Opens the reports that were asked for by `--format NAME[=FILE]`.
 *
 * @throws UsageError where a format is unknown, or a file cannot be written
 */
export function openReports(asked: ReportsAsked, console: Console): Reports {
  const formats = (asked.format.length === 0 ? ['terminal'] : asked.format).map(readFormat);
  if (formats.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError('only one --format can go to stdout; give the others a file: json=FILE.');
  }
  const options: Omit<TerminalOptions, 'hint'> = {
    color: console.color,
    width: console.width,
    detail: asked.brief === true ? 'brief' : asked.all === true ? 'all' : 'first',
    again: (change) => gradeAgain(asked, change, console),
    goOn: typeCommand({ command: 'next', words: [asked.lab], options: [] }, console),
  };
  const voice = asked.plain === true ? PLAIN : DRAWN;
  const live = formats.some(({ name, file }) => name === 'terminal' && file === undefined);
  const table = live ? printTable(voice, options, console.out) : SILENT;
  return {
    ...table,
    end: (result, known) => {
      const hint = (check: string): string => hintOn(check, { ...asked, ...known }, console);
      const all: TerminalOptions = { ...options, ...known, hint };
      // What goes to stdout first: a file that cannot be written must not keep it back.
      for (const { name, render } of formats.filter(({ file }) => file === undefined)) {
        console.out(name === 'terminal' ? voice.rest(result, all) : render(result, all, voice));
      }
      for (const { render, file } of formats) {
        if (file !== undefined) writeWhole(file, render(result, { ...all, color: false }, voice));
      }
      return live ? chooseFailures(result, options.detail).flatMap(noteHint) : [];
    },
  };
}

const SILENT = { begin: (): void => undefined, onStage: (): void => undefined };

/** Stages end in any order; the line of each is printed as soon as all before it are. */
function printTable(
  voice: Voice,
  options: Parameters<Voice['stage']>[2],
  print: (text: string) => void,
): Pick<Reports, 'begin' | 'onStage'> {
  const ended = new Map<string, StageResult>();
  let ids: readonly string[] = [];
  let printed = 0;
  return {
    begin: (lab, stages) => {
      ids = stages;
      print(voice.title(lab));
    },
    onStage: (stage) => {
      ended.set(stage.id, stage);
      for (let next = ended.get(ids[printed] ?? ''); next; next = ended.get(ids[printed] ?? '')) {
        print(voice.stage(next, ids, options));
        printed += 1;
      }
    },
  };
}

/** The command that grades the same again, but for the change. */
function gradeAgain(
  { lab, stages, choice }: ReportsAsked,
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
  { lab, stages, all, choice, remembers }: ReportsAsked & Known,
  console: Console,
): string {
  const isNext = all !== true && choice.only === undefined && stages.length < 2;
  const words = [lab, ...(isNext ? stages : [check])];
  // The first one is in the report.
  const options = [...repeatChoice(choice), ...(remembers ? [] : ['--level', '2'])];
  return typeCommand({ command: 'hint', words, options }, console);
}

function noteHint({ id, outcome }: CheckResult): Told[] {
  if (outcome.status !== 'failed') return [];
  return [{ check: id, code: outcome.diagnosis.code, level: 1 }];
}

function readFormat(text: string): Format {
  const [name = '', ...rest] = text.split('=');
  const render = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  const file = rest.length === 0 ? undefined : rest.join('=');
  if (!render) {
    const known = Object.keys(FORMATS).join(', ');
    throw new UsageError(`there is no format "${name}"; there are ${known}.`);
  }
  if (file === '') throw new UsageError(`--format ${text} names no file; write ${name}=FILE.`);
  if (file !== undefined) refuseUnwritable(file);
  return { name, render, file };
}
