import type { CheckResult, StageResult } from '../model/result.ts';
import { isJudged } from '../model/score.ts';
import { showLine, showLines } from './show-text.ts';
import { plural, wordBonus, wordNumber } from './words.ts';

/** A row of the table of stages, in words and in plain text: each format escapes it in its own way. */
export interface StageRow {
  readonly id: string;
  readonly title: string;
  readonly points: string;
  readonly state: string;
}

/** Checks that are neither right nor wrong, or are only remarked upon, and what that means. */
export interface Aside {
  readonly heading: string;
  readonly lead: string;
  readonly items: readonly { readonly id: string; readonly text: string }[];
}

export function viewStage({ id, title, status, points, checks }: StageResult): StageRow {
  const judged = checks.filter(({ outcome }) => isJudged(outcome));
  const passed = judged.filter(({ outcome }) => outcome.status === 'passed').length;
  const states = {
    graded: `${String(passed)} of ${plural(judged.length, 'check')} passed`,
    'not-started': 'not started',
    missing: 'no program found',
  };
  return {
    id: showLine(id),
    title: showLine(title),
    points: `${wordNumber(points.earned)}/${wordNumber(points.possible)}${wordBonus(points.bonusEarned)}`,
    state: states[status],
  };
}

/** What is neither right nor wrong: what broke, was not asked, or is only remarked. */
export function collectAsides(stages: readonly StageResult[]): readonly Aside[] {
  const checks = stages.flatMap((stage) => stage.checks);
  const begun = stages.flatMap((stage) => (stage.status === 'graded' ? stage.checks : []));
  const asides = [
    {
      heading: 'The grader broke here',
      lead: 'This is not your bug, and it costs you nothing.',
      items: checks.flatMap(({ id, outcome }) =>
        outcome.status === 'broken' ? [{ id, text: showLines(outcome.error, 1).join(' ') }] : [],
      ),
    },
    {
      heading: 'Skipped',
      lead: 'These checks build on something that did not pass.',
      items: begun.flatMap(({ id, outcome }) =>
        outcome.status === 'skipped' ? [{ id, text: showLine(outcome.because) }] : [],
      ),
    },
    {
      heading: 'Not judged',
      lead: 'These points are not counted.',
      items: checks.flatMap(({ id, outcome }) =>
        outcome.status === 'not-judged' ? [{ id, text: showLine(outcome.because) }] : [],
      ),
    },
    { heading: 'Remarks', lead: 'They cost no points.', items: collectRemarks(stages) },
  ];
  return asides.filter(({ items }) => items.length > 0);
}

/** A stage repeats what its checks remark; each is told once, with its check. */
function collectRemarks(stages: readonly StageResult[]): Aside['items'] {
  return stages.flatMap(({ id, remarks, checks }) => {
    const remarked = checks.flatMap((check) =>
      remarksOf(check).map((text) => ({ id: check.id, text })),
    );
    const others = remarks.filter((text) => !remarked.some((each) => each.text === text));
    return [...others.map((text) => ({ id, text })), ...remarked].map((item) => ({
      ...item,
      text: showLine(item.text, 1000),
    }));
  });
}

export function remarksOf({ outcome }: CheckResult): readonly string[] {
  return outcome.status === 'passed' ? (outcome.remarks ?? []) : [];
}
