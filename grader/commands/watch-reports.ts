import type { PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import type { GradingEvents } from '../live/watch/keep-grading.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import { compareStage, renderChange, renderStillFailing } from '../report/changes.ts';
import { renderRest, renderStep } from '../report/terminal.ts';
import type { TerminalOptions } from '../report/terminal-options.ts';
import { DRAWN } from '../report/voice.ts';
import { printTable } from './reports.ts';

export interface WatchReportsOptions {
  readonly lab: Lab;
  readonly planned: readonly PlannedStage[];
  readonly now: () => Date;
  readonly out: (text: string) => void;
  readonly terminal: TerminalOptions;
  /** Makes a result of stages. */
  readonly compose: (
    stages: readonly StageResult[],
    times: { readonly startedAt: Date; readonly durationMs: number },
  ) => LabResult;
  /** What is watched, as it is shown. */
  readonly watched: string;
}

/** Prints the first grading as a table, and of those that follow what is new. */
export function watchReports(options: WatchReportsOptions): GradingEvents {
  const { lab, planned, now, out, terminal, compose, watched } = options;
  const latest = new Map<string, StageResult>();
  const startedAt = now();
  const table = printTable(DRAWN, terminal, out);
  let state: 'first' | 'following' = 'first';
  let complaint = '';
  const all = (): readonly StageResult[] =>
    planned.flatMap(({ stage }) => latest.get(stage.id) ?? []);
  const composed = (stages: readonly StageResult[]): LabResult =>
    compose(stages, { startedAt, durationMs: now().getTime() - startedAt.getTime() });
  table.begin(
    { lab: lab.id, title: lab.title },
    planned.map(({ stage }) => stage.id),
  );
  return {
    onStage: (stage) => {
      const before = latest.get(stage.id);
      latest.set(stage.id, stage);
      complaint = '';
      if (state === 'first') {
        table.onStage(stage);
        return;
      }
      const change = before ? compareStage(before, stage) : { fixed: [], broken: [], lost: [] };
      const at = now().toTimeString().slice(0, 8);
      out(`\n${renderChange(stage, change, { ...terminal, at })}`);
    },
    onEnd: (ids) => {
      const graded = all();
      if (state === 'first') {
        state = 'following';
        out(renderRest(composed(graded), { ...terminal, detail: 'brief' }));
        if (graded.some(isAmiss)) out(`\n${renderStep(composed(graded), terminal)}`);
        out(`\nwatching ${watched}: what you save is graded at once. Ctrl+C ends this.\n`);
        return;
      }
      const own = graded.filter(({ id }) => ids.includes(id));
      const others = graded.filter((stage) => !own.includes(stage) && isAmiss(stage));
      const [other] = others;
      const step = own.some(isAmiss)
        ? renderStep(composed(own), terminal)
        : other
          ? renderStillFailing(other, terminal)
          : renderStep(composed(graded), terminal);
      if (step !== '') out(`\n${step}`);
    },
    onUnusable: (message) => {
      if (message !== complaint) out(`\nwiregrade: ${message}\n`);
      complaint = message;
    },
  };
}

function isAmiss({ checks }: StageResult): boolean {
  return checks.some(({ outcome }) => outcome.status === 'failed' || outcome.status === 'broken');
}
