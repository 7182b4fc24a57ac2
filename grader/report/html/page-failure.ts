import { stageOf } from '../../model/check.ts';
import type { CheckResult } from '../../model/result.ts';
import { viewFailure, type FailureView } from '../failure-view.ts';
import { showLine } from '../show-text.ts';
import { tellNote } from '../tell-diagnosis.ts';
import { asLines, viewEvidence, type Block } from './evidence-view.ts';
import { viewExchange, type ExchangeView } from './exchange-view.ts';
import { viewSource } from './source-view.ts';

/** A failed check as the page shows it. */
export interface PageFailure extends Pick<
  FailureView,
  'id' | 'title' | 'code' | 'points' | 'summary' | 'notes' | 'why'
> {
  readonly anchor: string;
  /** Lines that prove it. */
  readonly blocks: readonly Block[];
  /** At most one. */
  readonly reproduce: readonly Block[];
  /** At most one; folded where the bytes that prove the failure are shown already. */
  readonly exchange: readonly (ExchangeView & { readonly open: string })[];
  readonly hints: readonly { readonly label: string; readonly text: string }[];
  readonly next: string;
}

export interface PageFailureOptions {
  /** Its place on the page. */
  readonly anchor: string;
  /** What is typed to grade a stage again. */
  readonly again: (stage: string) => string;
}

/** @returns nothing for a check that did not fail */
export function viewPageFailure(
  check: CheckResult,
  { anchor, again }: PageFailureOptions,
): readonly PageFailure[] {
  const { outcome, id } = check;
  if (outcome.status !== 'failed') return [];
  const { diagnosis, hints, transcript } = outcome;
  const evidence = viewEvidence(diagnosis);
  const places = diagnosis.source ? [viewSource(diagnosis.source)] : [];
  const unquoted = places.filter((place) => !hasLines(place)).map(({ label }) => label);
  const open = evidence.length === 0 ? ' open' : '';
  return viewFailure('', check).map((failure) => ({
    ...failure,
    anchor,
    blocks: [...evidence, ...places.filter(hasLines), ...failure.printed.map(asLines)],
    notes: [...unquoted, ...tellNote(diagnosis)],
    exchange: viewExchange(transcript, diagnosis).map((exchange) => ({ ...exchange, open })),
    reproduce: failure.reproduce.map(asLines),
    hints: hints.map((hint, index) => ({
      label: `Hint ${String(index + 1)} of ${String(hints.length)}`,
      text: showLine(hint, 1000),
    })),
    next: showLine(again(stageOf(id))),
  }));
}

function hasLines({ lines }: Block): boolean {
  return lines.length > 0;
}
