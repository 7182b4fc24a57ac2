import { parse } from 'yaml';

/** A step of a job or of an action, as far as tests look at it. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly name: string;
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly 'timeout-minutes': number; readonly steps: readonly Step[] }>
  >;
}

interface Action {
  readonly runs: { readonly steps: readonly Step[] };
}

/** Reads a workflow of ours. Its shape is what GitHub's own parser is asked for. */
export function parseWorkflowFile(text: string): Workflow {
  return parse(text) as Workflow;
}

/** Reads an action of ours. */
export function parseActionFile(text: string): Action {
  return parse(text) as Action;
}

export function listSteps({ jobs }: Workflow): readonly Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps);
}
