import type { LabResult } from '../../model/result.ts';
import { renderPlain } from '../plain-text.ts';
import { scoreInProportion } from '../proportion.ts';

/**
 * What Autolab reads from stdout: text for the student, and the scores in the last line. Each stage is
 * a problem of its own, with its bonus in it; a stage of which nothing could be judged is left out,
 * so that it keeps the score that it has.
 */
export function renderAutolab(result: LabResult): string {
  const scores = result.stages.flatMap(({ id, checks }) => {
    const score = scoreInProportion(checks);
    return score === undefined ? [] : [{ id, score }];
  });
  const total = scores.reduce((sum, { score }) => sum + score, 0);
  const line = JSON.stringify({
    scores: Object.fromEntries(scores.map(({ id, score }) => [id, score])),
    scoreboard: [Math.round(total * 100) / 100],
  });
  return `${renderPlain(result)}\n${line}\n`;
}
