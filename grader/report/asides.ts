import type { StageResult } from '../model/result.ts';
import type { Spec } from '../model/check.ts';
import { showLine } from './show-text.ts';
import { wrap } from './wrap.ts';

/** Something besides the failures that is told where it is asked for, in a line or two. */
interface Aside {
  readonly name: string;
  readonly text: string;
}

/** Checks that were not asked, and why; remarks, which cost nothing. */
export function listAsides(stages: readonly StageResult[]): readonly (readonly Aside[])[] {
  const unasked = stages
    .flatMap(({ checks }) => checks)
    .flatMap(({ id, outcome }) => {
      if (outcome.status !== 'not-judged' && outcome.status !== 'skipped') return [];
      const name = { skipped: 'skipped', 'not-judged': 'not judged' }[outcome.status];
      return [{ name, text: `${id}: ${outcome.because}` }];
    });
  const remarks = stages.flatMap((stage) =>
    stage.remarks.map((remark) => ({ name: 'remark', text: `${stage.id}: ${remark}` })),
  );
  return [unasked, remarks];
}

/**
 * What each passed check has shown: what went out, what came of it, and the rule.
 *
 * @param ruleOf the rule of a check, by its id with its stage
 */
export function listProven(
  stages: readonly StageResult[],
  ruleOf: (check: string) => Spec | undefined,
): readonly Aside[] {
  return stages
    .flatMap(({ checks }) => checks)
    .flatMap(({ id, title, outcome }) => {
      if (outcome.status !== 'passed') return [];
      const rule = ruleOf(id);
      const facts = [outcome.witness, rule && `${rule.title} (${rule.name})`];
      const told = [`${id}: ${title}`, ...facts].filter((fact) => fact !== undefined);
      return [{ name: 'proven', text: told.join('; ') }];
    });
}

/** Draws them as paragraphs, each behind its name. */
export function renderAsides(asides: readonly Aside[], width: number): string {
  const margin = Math.max(0, ...asides.map(({ name }) => name.length)) + 2;
  return asides
    .map(({ name, text }) => {
      const margins = { first: name.padEnd(margin), rest: ' '.repeat(margin) };
      return `${wrap(showLine(text, 1000), width, margins)}\n`;
    })
    .join('');
}
