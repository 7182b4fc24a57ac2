import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../course/project.ts';
import { makeHostileRecord, makeRecord } from '../../testing/hostile-record.ts';
import { HOSTILE_STRINGS } from '../../testing/hostile-strings.ts';
import { parseCiRecord } from './parse-ci-record.ts';

const [result, record] = ['result', 'ci-record'].map(
  (name) =>
    JSON.parse(readFileSync(join(PROJECT, `grader/model/${name}.schema.json`), 'utf8')) as object,
);
const validate = new Ajv2020({ strict: true, schemas: [result ?? {}] }).compile(record ?? {});

function isTaken(value: unknown): boolean {
  return !('fault' in parseCiRecord(JSON.stringify(value)));
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Changes one place of a value, which the numbers choose. */
function damage(value: Json, path: readonly number[], change: (at: Json) => Json): Json {
  const [step = 0, ...rest] = path;
  if (typeof value !== 'object' || value === null || path.length === 0) return change(value);
  const entries = Object.entries(value);
  const chosen = entries[step % Math.max(1, entries.length)];
  if (!chosen) return change(value);
  return replace(value, chosen[0], damage(chosen[1], rest, change));
}

function replace(value: Json[] | Record<string, Json>, key: string, inner: Json): Json {
  if (!Array.isArray(value)) return { ...value, [key]: inner };
  return value.map((each, index) => (index === Number(key) ? inner : each));
}

/** Replaces a value, or takes a part of it away, or adds one. */
const change: fc.Arbitrary<(at: Json) => Json> = fc.oneof(
  fc.jsonValue().map((other) => () => toJson(other)),
  fc.nat().map((step) => (at: Json) => withoutOne(at, step)),
  fc.tuple(fc.string(), fc.jsonValue()).map(
    ([name, other]) =>
      (at: Json) =>
        withOne(at, name, toJson(other)),
  ),
);

function withoutOne(at: Json, step: number): Json {
  if (typeof at !== 'object' || at === null) return at;
  if (Array.isArray(at)) return at.slice(1);
  const keys = Object.keys(at);
  const gone = keys[step % Math.max(1, keys.length)];
  return Object.fromEntries(Object.entries(at).filter(([key]) => key !== gone));
}

function withOne(at: Json, name: string, other: Json): Json {
  if (typeof at !== 'object' || at === null) return other;
  return Array.isArray(at) ? at.concat([other]) : { ...at, [name]: other };
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

describe('a record', () => {
  test('of a real pull request is taken', () => {
    expect(isTaken(makeRecord())).toBe(true);
  });

  test('is taken and refused just as a common validator does, whatever is changed in it', () => {
    const whole = toJson(makeRecord());
    const places = fc.array(fc.nat({ max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(places, change, (path, act) => {
        const value = damage(whole, path, act);
        expect(isTaken(value)).toBe(validate(value));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(HOSTILE_STRINGS)('with $name everywhere is judged alike', ({ text }) => {
    const value = toJson(makeHostileRecord(text));
    expect(isTaken(value)).toBe(validate(value));
  });

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
