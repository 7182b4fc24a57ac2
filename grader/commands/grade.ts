import type { Lab } from '../lab/check.ts';
import { fullId, type Spec } from '../model/check.ts';
import { verdictOf } from '../model/score.ts';
import type { FailuresShown } from '../model/choose-failures.ts';
import type { Console, ExitCode } from './console.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { gradeAsked, type Choice } from './grade-asked.ts';
import { openHistory, recordChecks } from './history/open-history.ts';
import { openReports } from './reports.ts';

/** The options of `grade`, as they are typed. */
export interface GradeOptions extends Choice {
  readonly format: readonly string[];
  readonly all?: boolean;
  readonly brief?: boolean;
  readonly explain?: boolean;
  readonly plain?: boolean;
  readonly history: boolean;
}

/** Grades one submission, or a server that already runs, and reports on it. */
export async function gradeCommand(
  { lab: labId, stages }: { readonly lab: string; readonly stages: readonly string[] },
  options: GradeOptions,
  console: Console,
): Promise<ExitCode> {
  const reports = await openReports({ ...options, lab: labId, stages, choice: options }, console);
  const { lab, result } = await gradeAsked(
    {
      ...{ lab: labId, stages, choice: options, traced: chooseTraced(options) },
      ...{ begin: reports.begin, onStage: reports.onStage },
    },
    console,
  );
  const history = openHistory(result, options, console);
  const told = reports.end(result, {
    remembers: history.remembers,
    progress: history.compare(result),
    ...(options.explain === true && { ruleOf: rulesOf(lab) }),
  });
  history.add({ ...recordChecks(result), told });
  return EXIT_CODES[verdictOf(result)];
}

function rulesOf({ stages }: Lab): (check: string) => Spec | undefined {
  const rules = new Map(
    stages.flatMap((stage) =>
      stage.checks.map((check) => [fullId(stage, check), check.spec] as const),
    ),
  );
  return (check) => rules.get(check);
}

/** Lines are looked for behind the failures that a report will tell, and no others. */
function chooseTraced({ all, brief, format }: GradeOptions): FailuresShown | undefined {
  if (all === true || format.some((each) => !each.startsWith('terminal'))) return 'all';
  return brief === true ? undefined : 'first';
}
