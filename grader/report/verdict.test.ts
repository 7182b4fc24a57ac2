import { expect, test } from '@jest/globals';
import type { Outcome } from '../model/result.ts';
import { NOTHING_JUDGED, withOutcomes } from '../testing/formats/three-results.ts';
import { renderVerdict } from './verdict.ts';

function render(outcome: Outcome): string {
  const [stage] = NOTHING_JUDGED.stages;
  const [check] = stage?.checks ?? [];
  if (!stage || !check) throw new Error('there is no check');
  const result = withOutcomes(
    { ...NOTHING_JUDGED, stages: [{ ...stage, checks: [check] }] },
    { [check.id]: outcome },
  );
  const word = (): string => 'a command';
  const options = { color: false, width: 80, detail: 'all', goOn: '' } as const;
  return renderVerdict(result, { ...options, again: word, hint: word, replay: word });
}

test('where the grader broke, its stack is shown line by line, and nothing that moves a cursor', () => {
  const lines = render({
    status: 'broken',
    error: 'Error: it said \u001b[2J\n    at ask (ask.ts:1:1)',
  }).split('\n');
  expect(lines.join('\n')).toContain('this is not your bug');
  expect(lines).toContain(String.raw`  Error: it said \u001b[2J`);
  expect(lines).toContain('      at ask (ask.ts:1:1)');
});

test('why a check was not asked is told in one line, and nothing that moves a cursor', () => {
  const text = render({ status: 'skipped', because: 'it builds\n\u001b[2J' });
  expect(text).toContain(String.raw`was not asked: it builds \u001b[2J`);
});
