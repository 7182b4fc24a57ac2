import { rankFailures } from '../../model/choose-failures.ts';
import type { CheckResult, StageResult } from '../../model/result.ts';
import { collectAsides, type Aside } from '../result-view.ts';
import { plural } from '../words.ts';
import { viewPageFailure, type PageFailureOptions } from './page-failure.ts';
import { viewStages } from './stage-view.ts';
import type { Templates } from './templates.ts';

/** What stands above and below a result on its page; all of it safe to show. */
export interface PageFrame {
  /** The name of the page, which its window bears. */
  readonly name: string;
  /** Stands above the title. */
  readonly over: string;
  readonly title: string;
  /** The one thing that is read first, such as `83 of 100 points`. */
  readonly score: string;
  readonly lead: readonly string[];
  /** Why there is no grade, as lines; empty where there is one. */
  readonly reason: readonly string[];
  /** How the score comes about; may be empty. */
  readonly sum: readonly Fact[];
  readonly lateness: readonly string[];
  /** What is typed, or done, to go on; may be empty. */
  readonly next: readonly string[];
  /** What is told besides what the result tells itself. */
  readonly asides: readonly Aside[];
  readonly facts: readonly Fact[];
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface PageOptions extends Pick<PageFailureOptions, 'again'> {
  readonly templates: Templates;
}

/** A result as a page that stands alone: it loads nothing, and runs nothing. */
export function renderPage(
  frame: PageFrame,
  stages: readonly StageResult[],
  { templates, again }: PageOptions,
): string {
  const failed = rankFailures(stages.flatMap(({ checks }) => checks));
  const anchors = new Map(failed.map(({ id }, index) => [id, `failure-${String(index + 1)}`]));
  const failures = failed.map((check) =>
    renderFailure(check, { anchor: anchors.get(check.id) ?? '', again, templates }),
  );
  return templates.fill('report.html.ejs', {
    ...frame,
    ...{ stages: viewStages(stages, anchors), failures },
    asides: [...frame.asides, ...collectAsides(stages)].map(foldLong),
    ...templates.inline('report', { hasScript: false }),
  });
}

/** A failed check as a part of the page; nothing of one that did not fail. */
export function renderFailure(
  check: CheckResult,
  { templates, ...options }: PageFailureOptions & Pick<PageOptions, 'templates'>,
): string {
  const failures = viewPageFailure(check, options);
  return failures.map((failure) => templates.fill('failure.html.ejs', failure)).join('');
}

/** A long list is folded, so that it does not bury what follows. */
function foldLong({ heading, lead, items }: Aside) {
  const isLong = items.length > MOST_ITEMS;
  return {
    ...{ heading, lead },
    lists: isLong ? [] : [items],
    folded: isLong ? [{ label: `All ${plural(items.length, 'check')}`, items }] : [],
  };
}

const MOST_ITEMS = 8;
