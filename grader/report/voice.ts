import type { LabResult, StageResult } from '../model/result.ts';
import { tellRest, tellStage, tellTitle } from './plain.ts';
import { renderStage } from './stage-line.ts';
import { renderRest, renderTitle } from './terminal.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** A way to show a grading as text, as it goes on. */
export interface Voice {
  readonly title: (lab: Pick<LabResult, 'lab' | 'title'>) => string;
  /** @param ids of all stages */
  readonly stage: (
    stage: StageResult,
    ids: readonly string[],
    options: Pick<TerminalOptions, 'color' | 'width'>,
  ) => string;
  readonly rest: (result: LabResult, options: TerminalOptions) => string;
}

/** For eyes, with columns and drawings. */
export const DRAWN: Voice = { title: renderTitle, stage: renderStage, rest: renderRest };

/** For ears and for one line of braille: one fact a line. */
export const PLAIN: Voice = { title: tellTitle, stage: tellStage, rest: tellRest };

/** The whole of a grading at once. */
export function renderAll(voice: Voice, result: LabResult, options: TerminalOptions): string {
  const ids = result.stages.map(({ id }) => id);
  const stages = result.stages.map((stage) => voice.stage(stage, ids, options));
  return [voice.title(result), ...stages, voice.rest(result, options)].join('');
}
