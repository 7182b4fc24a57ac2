import { randomUUID } from 'node:crypto';
import { chooseFailures } from '../model/choose-failures.ts';
import { UsageError } from '../model/errors.ts';
import type { CheckResult, LabResult, StageResult } from '../model/result.ts';
import { FORMATS } from '../report/formats.ts';
import type { TerminalOptions } from '../report/terminal-options.ts';
import { DRAWN, PLAIN, renderAll, type Voice } from '../report/voice.ts';
import type { Console } from './console.ts';
import type { Told } from './history/run-record.ts';
import { terminalOptions, type Known, type ReportsAsked } from './terminal-options.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** Where the results go, as they come. */
export interface Reports {
  readonly begin: (lab: Pick<LabResult, 'lab' | 'title'>, stages: readonly string[]) => void;
  readonly onStage: (stage: StageResult) => void;
  /** @returns the hints that were shown on stdout */
  readonly end: (result: LabResult, known: Known) => readonly Told[];
}

interface Format {
  readonly name: string;
  readonly file: string | undefined;
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
  const voice = asked.plain === true ? PLAIN : DRAWN;
  const formats = await Promise.all(
    typed.map(async (format) => ({
      ...format,
      render: await openFormat(format, { voice, options }, console),
    })),
  );
  const live = formats.some(({ name, file }) => name === 'terminal' && file === undefined);
  const table = live ? printTable(voice, options, console.out) : SILENT;
  return {
    ...table,
    end: (result, known) => {
      const all = terminalOptions(asked, console, known);
      // What goes to stdout first: a file that cannot be written must not keep it back.
      for (const { name, render } of formats.filter(({ file }) => file === undefined)) {
        console.out(name === 'terminal' ? voice.rest(result, all) : render(result, all));
      }
      for (const { render, file } of formats) {
        if (file !== undefined) writeWhole(file, render(result, { ...all, color: false }));
      }
      return live ? chooseFailures(result.stages, options.detail).flatMap(noteHint) : [];
    },
  };
}

const SILENT = { begin: (): void => undefined, onStage: (): void => undefined };

/** Stages end in any order; the line of each is printed as soon as all before it are. */
export function printTable(
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

function noteHint({ id, outcome }: CheckResult): Told[] {
  if (outcome.status !== 'failed') return [];
  return [{ check: id, code: outcome.diagnosis.code, level: 1 }];
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
  { name }: Format,
  { voice, options }: { readonly voice: Voice; readonly options: TerminalOptions },
  { environment }: Console,
): Promise<(result: LabResult, options: TerminalOptions) => string> {
  const { again, goOn } = options;
  const render = await FORMATS[name]?.({
    environment,
    token: randomUUID(),
    openTemplates: async () => (await import('../course/templates.ts')).TEMPLATES,
    again: (stage) => again({ stage }),
    goOn,
  });
  // What a terminal is shown by is no matter of theirs.
  return render ? (result) => render(result) : (result, all) => renderAll(voice, result, all);
}
