import type { CiLab, CiRecord } from '../model/ci-record.ts';
import { rankFailures } from '../model/choose-failures.ts';
import type { Verdict } from '../model/score.ts';
import { blocksOf, viewFailure, type Block, type FailureView } from '../report/failure-view.ts';
import { viewStage, type StageRow } from '../report/result-view.ts';
import { showLine } from '../report/show-text.ts';
import { plural, wordPoints } from '../report/words.ts';

/** What the author of a pull request reads, in plain text: each page escapes it in its own way. */
export interface PullView {
  readonly heading: string;
  /** Where the labs do not say as much. */
  readonly reason: readonly string[];
  readonly labs: readonly LabView[];
  readonly ignored: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

interface LabView {
  readonly heading: string;
  readonly reason: string;
  readonly stages: readonly StageRow[];
  readonly failures: readonly (FailureView & { readonly blocks: readonly Block[] })[];
  readonly more: readonly string[];
}

/** How much is told of what failed. */
export type Extent = { readonly failures: number; readonly blocks: number; readonly labs: number };

/** Puts a record into words. */
export function viewPull(record: CiRecord, extent: Extent): PullView {
  const { verdict, reason, labs, ignored, head, base, sandbox } = record;
  const paths = ignored.paths.map((path) => showLine(path));
  const isTold = labs.length === 1 && extent.labs > 0;
  return {
    heading: HEADINGS[verdict],
    reason: isTold ? [] : [showLine(reason, 1000)],
    labs: labs.slice(0, extent.labs).map((lab) => viewLab(lab, extent)),
    ignored: ignored.more > 0 ? [...paths, `and ${String(ignored.more)} more`] : paths,
    facts: [
      { label: 'Commit', value: showLine(head) },
      { label: 'Graded by the grader of', value: showLine(base) },
      { label: 'Sandbox', value: SANDBOXES[sandbox] },
    ],
  };
}

const HEADINGS: Readonly<Record<Verdict, string>> = {
  passed: 'Passed',
  failed: 'Not passed yet',
  broken: 'The grader broke; this is not your bug',
};

const SANDBOXES: Readonly<Record<CiRecord['sandbox'], string>> = {
  bwrap: 'bubblewrap',
  docker: 'docker',
  none: 'none: a program could have changed this verdict',
};

function viewLab({ lab, reason, result }: CiLab, { failures, blocks }: Extent): LabView {
  const checks = result?.stages.flatMap((stage) => stage.checks) ?? [];
  const failed = rankFailures(checks);
  const told = failed.slice(0, failures).flatMap((check) => viewFailure(lab, check));
  const rest = failed.length - told.length;
  return {
    heading: showLine(result ? `${lab}: ${wordPoints(result.points)}` : lab),
    reason: showLine(reason, 1000),
    stages: result?.stages.map(viewStage) ?? [],
    failures: told.map((failure) => ({ ...failure, blocks: blocksOf(failure).slice(0, blocks) })),
    more: rest > 0 ? [`${plural(rest, 'more check')} failed; the record has them all.`] : [],
  };
}
