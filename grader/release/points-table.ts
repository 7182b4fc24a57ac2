import ejs from 'ejs';
import { readFileSync } from 'node:fs';
import type { Check, Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';

const BEGIN = /<!-- points[^>]*-->\n/;
const END = '<!-- /points -->';

/**
 * Writes the table of points, made from the checks, between the marks in a lab's README.
 *
 * @throws UsageError where the README has no such marks
 */
export function fillPointsTable(readme: string, lab: Lab, template: string): string {
  const begin = BEGIN.exec(readme);
  const end = readme.indexOf(END);
  if (!begin || end < begin.index) {
    throw new UsageError(`the README of ${lab.id} lacks the marks <!-- points --> and ${END}.`);
  }
  const table = ejs.render(readFileSync(template, 'utf8'), describe(lab));
  return `${readme.slice(0, begin.index)}${begin[0]}\n${table}\n${readme.slice(end)}`;
}

function describe(lab: Lab) {
  const stages = lab.stages.map(({ id, checks }) => ({
    id: `[${id}](${id}/README.md)`,
    ...sum(checks),
    checks: checks.map(
      ({ title, points, bonus }) => `${title} (${bonus ? 'bonus ' : ''}${String(points)})`,
    ),
  }));
  return { stages, total: sum(lab.stages.flatMap(({ checks }) => checks)) };
}

function sum(checks: readonly Check[]): { points: number; bonus: number } {
  const add = (some: readonly Check[]): number => some.reduce((all, { points }) => all + points, 0);
  return {
    points: add(checks.filter(({ bonus }) => bonus !== true)),
    bonus: add(checks.filter(({ bonus }) => bonus === true)),
  };
}
