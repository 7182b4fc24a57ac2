import { randomUUID } from 'node:crypto';
import { UsageError } from '../model/errors.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import { FORMATS } from '../report/formats.ts';
import { renderRest, renderStage, renderTitle, type TerminalOptions } from '../report/terminal.ts';
import type { Console } from './console.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** Where the results go, as they come. */
export interface Reports {
  readonly begin: (lab: Pick<LabResult, 'lab' | 'title'>, stages: readonly string[]) => void;
  readonly onStage: (stage: StageResult) => void;
  readonly end: (result: LabResult) => void;
}

interface Format {
  readonly name: string;
  readonly file: string | undefined;
}

interface OpenFormat extends Format {
  readonly render: (result: LabResult, options: TerminalOptions) => string;
}

/** What was typed, as far as reports show it or repeat it. */
export interface ReportsAsked {
  readonly lab: string;
  readonly stages: readonly string[];
  readonly format: readonly string[];
  readonly all?: boolean;
  readonly brief?: boolean;
  /** The options that choose what is graded and how, as they were typed. */
  readonly choice: readonly string[];
}

/**
 * Opens the reports that were asked for by `--format NAME[=FILE]`.
 *
 * @throws UsageError where a format is unknown or lacks what it needs, or a file cannot be written
 */
export async function openReports(asked: ReportsAsked, console: Console): Promise<Reports> {
  const typed = (asked.format.length === 0 ? ['terminal'] : asked.format).map(readFormat);
  if (typed.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError('only one --format can go to stdout; give the others a file: json=FILE.');
  }
  const options = terminalOptions(asked, console);
  const formats = await Promise.all(typed.map((format) => openFormat(format, options, console)));
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

/** How a terminal is to show results. */
export function terminalOptions(
  asked: Omit<ReportsAsked, 'format'>,
  console: Console,
): TerminalOptions {
  return {
    color: console.color,
    width: console.width,
    detail: asked.brief === true ? 'brief' : asked.all === true ? 'all' : 'first',
    again: (change) => gradeAgain(asked, change, console),
    goOn: `${console.underNpm ? 'npm run' : 'npx wiregrade'} next ${asked.lab}`,
  };
}

const SILENT = { begin: (): void => undefined, onStage: (): void => undefined };

/** Stages end in any order; the line of each is printed as soon as all before it are. */
export function printTable(
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
  { lab, stages, choice }: Pick<ReportsAsked, 'lab' | 'stages' | 'choice'>,
  { stage, option }: Parameters<TerminalOptions['again']>[0],
  { underNpm }: Console,
): string {
  const options = option === undefined ? choice : [...choice, option];
  const words = [lab, ...(stage === undefined ? stages : [stage])];
  const dashes = underNpm && options.length > 0 ? ['--'] : [];
  return [underNpm ? 'npm run grade' : 'npx wiregrade grade', ...words, ...dashes, ...options].join(
    ' ',
  );
}

function readFormat(text: string): Format {
  const [name = '', ...rest] = text.split('=');
  const file = rest.length === 0 ? undefined : rest.join('=');
  if (name !== 'terminal' && !Object.hasOwn(FORMATS, name)) {
    const known = ['terminal', ...Object.keys(FORMATS)].join(', ');
    throw new UsageError(`there is no format "${name}"; there are ${known}.`);
  }
  if (file === '') throw new UsageError(`--format ${text} names no file; write ${name}=FILE.`);
  if (file !== undefined) refuseUnwritable(file);
  return { name, file };
}

async function openFormat(
  format: Format,
  { again, goOn }: TerminalOptions,
  { environment }: Console,
): Promise<OpenFormat> {
  const render = await FORMATS[format.name]?.({
    environment,
    token: randomUUID(),
    openTemplates: async () => (await import('../course/templates.ts')).TEMPLATES,
    again: (stage) => again({ stage }),
    goOn,
  });
  return { ...format, render: render ?? renderTerminal };
}

function renderTerminal(result: LabResult, options: TerminalOptions): string {
  const ids = result.stages.map(({ id }) => id);
  const stages = result.stages.map((stage) => renderStage(stage, ids, options));
  return [renderTitle(result), ...stages, renderRest(result, options)].join('');
}
