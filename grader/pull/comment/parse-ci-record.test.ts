import { describe, expect, test } from '@jest/globals';
import { makeHostileRecord, makeRecord } from '../../testing/hostile-record.ts';
import { HOSTILE_STRINGS } from '../../testing/hostile-strings.ts';
import { parseCiRecord } from './parse-ci-record.ts';

function isTaken(value: unknown): boolean {
  return !('fault' in parseCiRecord(JSON.stringify(value)));
}

describe('a record', () => {
  test('of a real pull request is taken', () => {
    expect(isTaken(makeRecord())).toBe(true);
  });

  test.each(HOSTILE_STRINGS)(
    'with $name everywhere is taken or refused, and no more',
    ({ text }) => {
      expect(() => parseCiRecord(JSON.stringify(makeHostileRecord(text)))).not.toThrow();
    },
  );

  test.each([
    ['a verdict that there is not', { verdict: 'perfect' }, '/verdict'],
    ['more than belongs there', { extra: 1 }, '/extra'],
    [
      'too many labs',
      { labs: Array(51).fill({ lab: 'a', verdict: 'passed', reason: 'b' }) },
      '/labs',
    ],
    ['no commit', { head: 'main' }, '/head'],
  ])('with %s is refused, and the place told', (_, changed, place) => {
    const text = JSON.stringify({ ...makeRecord(), ...changed });
    expect(parseCiRecord(text)).toEqual({ fault: `${place} is not as it should be` });
  });

  test('that sets the prototype is refused', () => {
    const text = JSON.stringify(makeRecord()).replace('{', '{"__proto__":{"verdict":"passed"},');
    expect(parseCiRecord(text)).toHaveProperty('fault', '/__proto__ is not as it should be');
  });

  test.each(['', 'PASS', '[', '[]', 'null', '['.repeat(1_000_000)])('%.10j is none', (text) => {
    expect(parseCiRecord(text)).toHaveProperty('fault');
  });
});
