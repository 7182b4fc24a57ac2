import { UsageError } from '../model/errors.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import { renderJson } from '../report/json.ts';
import { renderRest, renderStage, renderTitle, type TerminalOptions } from '../report/terminal.ts';
import type { Console } from './console.ts';
import { typeAgain } from './type-again.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** Where the results go, as they come. */
export interface Reports {
  readonly begin: (lab: Pick<LabResult, 'lab' | 'title'>, stages: readonly string[]) => void;
  readonly onStage: (stage: StageResult) => void;
  readonly end: (result: LabResult) => void;
}

interface Format {
  readonly name: string;
  readonly render: Renderer;
  readonly file: string | undefined;
}

type Renderer = (result: LabResult, options: TerminalOptions) => string;

/** Every format by its name: each is a pure function of the result. */
const FORMATS: Readonly<Record<string, Renderer>> = {
  terminal: (result, options) => {
    const ids = result.stages.map(({ id }) => id);
    const stages = result.stages.map((stage) => renderStage(stage, ids, options));
    return [renderTitle(result), ...stages, renderRest(result, options)].join('');
  },
  json: renderJson,
};

/** What was typed, as far as reports show it or repeat it. */
export interface ReportsAsked {
  readonly lab: string;
  readonly stages: readonly string[];
  readonly format: readonly string[];
  readonly all?: boolean;
  readonly brief?: boolean;
  /** The options that choose what is graded and how, as they were typed. */
  readonly choice: readonly string[];
  /** Those of them that choose what is replayed; undefined where that cannot be done. */
  readonly replayed: readonly string[] | undefined;
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
  const options: TerminalOptions = {
    color: console.color,
    width: console.width,
    detail: asked.brief === true ? 'brief' : asked.all === true ? 'all' : 'first',
    again: (change) => gradeAgain(asked, change, console),
    replay: (check) => replayCheck(asked, check, console),
    goOn: `${console.underNpm ? 'npm run' : 'npx wiregrade'} next ${asked.lab}`,
  };
  const live = formats.some(({ name, file }) => name === 'terminal' && file === undefined);
  const table = live ? printTable(options, console.out) : SILENT;
  return {
    ...table,
    end: (result) => {
      // What goes to stdout first: a file that cannot be written must not keep it back.
      for (const { name, render } of formats.filter(({ file }) => file === undefined)) {
        console.out(name === 'terminal' ? renderRest(result, options) : render(result, options));
      }
      for (const { render, file } of formats) {
        if (file !== undefined) writeWhole(file, render(result, { ...options, color: false }));
      }
    },
  };
}

const SILENT = { begin: (): void => undefined, onStage: (): void => undefined };

/** Stages end in any order; the line of each is printed as soon as all before it are. */
function printTable(
  options: TerminalOptions,
  print: (text: string) => void,
): Pick<Reports, 'begin' | 'onStage'> {
  const ended = new Map<string, StageResult>();
  let ids: readonly string[] = [];
  let printed = 0;
  return {
    begin: (lab, stages) => {
      ids = stages;
      print(renderTitle(lab));
    },
    onStage: (stage) => {
      ended.set(stage.id, stage);
      for (let next = ended.get(ids[printed] ?? ''); next; next = ended.get(ids[printed] ?? '')) {
        print(renderStage(next, ids, options));
        printed += 1;
      }
    },
  };
}

/** The command that grades the same again, but for the change. */
function gradeAgain(
  { lab, stages, choice }: ReportsAsked,
  { stage, option }: Parameters<TerminalOptions['again']>[0],
  { underNpm }: Console,
): string {
  const options = option === undefined ? choice : [...choice, option];
  const words = [lab, ...(stage === undefined ? stages : [stage])];
  return typeAgain('grade', words, { choice: options, underNpm });
}

/** The command that asks one check again, and shows what goes over the wire. */
function replayCheck(
  { lab, replayed }: ReportsAsked,
  check: string,
  { underNpm }: Console,
): string | undefined {
  return replayed && typeAgain('replay', [lab, check], { choice: replayed, underNpm });
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
