import { describe, expect, test } from '@jest/globals';
import { loadLab } from '../course/load-lab.ts';
import { check } from '../lab/check.ts';
import { rfc } from '../model/check.ts';
import { DIAGNOSIS_CODES, type DiagnosisCode } from '../model/diagnosis.ts';
import { adviseOn, type Advice } from './advise.ts';
import { DIAGNOSIS_HINTS, SILENT_CRASH_HINTS } from './diagnosis-hints.ts';
import { DIAGNOSIS_RULES } from './diagnosis-rules.ts';

const OWN = ['Why?', 'Because of this.', 'Nearly all of it.'] as const;
const spec = rfc(9110, '9.3.1', 'GET');
const facts = { points: 1, hints: OWN, spec, run: () => undefined };
const plain = check('plain', 'says something', facts);
const knowing = check('knowing', 'says something', { ...facts, knows: ['silent'] });

const adviceOn = (check: typeof plain, code: DiagnosisCode, output?: string): Advice =>
  adviseOn(check, { code, proven: true, summary: '', ...(output !== undefined && { output }) });

describe('the hints on a failure', () => {
  test('are those of the diagnosis, where the mistake has a name', () => {
    expect(adviceOn(plain, 'lf-only').hints).toEqual(DIAGNOSIS_HINTS['lf-only']);
  });

  test.each(['not-listed', 'wrong-status', 'wrong-return'] as const)(
    'are those of the check for %s, of which it knows more than anybody',
    (code) => {
      expect(adviceOn(plain, code).hints).toEqual(OWN);
    },
  );

  test('are those of a check that says so', () => {
    expect(adviceOn(knowing, 'silent').hints).toEqual(OWN);
    expect(adviceOn(plain, 'silent').hints).not.toEqual(OWN);
    expect(adviceOn(knowing, 'crashed').hints).not.toEqual(OWN);
  });

  test('ask for no words of a program that printed none', () => {
    expect(adviceOn(plain, 'crashed', 'Error: no').hints).toEqual(DIAGNOSIS_HINTS.crashed);
    expect(adviceOn(plain, 'crashed').hints).toEqual(SILENT_CRASH_HINTS);
  });
});

describe('the rule of a failure', () => {
  test('is the one that the mistake breaks, whichever check met it', () => {
    expect(adviceOn(plain, 'lf-only').spec?.name).toBe('RFC 9112, section 2.1');
    expect(adviceOn(plain, 'utf8-body').spec).toEqual(spec);
  });

  test.each(['syntax-error', 'never-listened', 'no-such-function'] as const)(
    'is left out for %s: none of a check was at stake',
    (code) => {
      expect(adviceOn(plain, code)).not.toHaveProperty('spec');
    },
  );
});

describe.each([
  ...Object.entries(DIAGNOSIS_HINTS),
  ['a silent crash', SILENT_CRASH_HINTS] as const,
])('the hints on %s', (_, hints) => {
  test('begin with a question, and each says another thing', () => {
    expect(hints[0]).toMatch(/\?$/);
    expect(new Set(hints).size).toBe(3);
  });

  test('are calm, in ASCII, and short enough to be read at once', () => {
    for (const hint of hints) {
      expect(hint).toMatch(/^[A-Z][ -~]{20,120}[.?]$/);
      expect(hint).not.toMatch(/!|\b(?:wrong of you|just|simply|obviously|easy|easily)\b/i);
    }
  });

  test('give no line to be copied', () => {
    for (const hint of hints) expect(hint).not.toMatch(/[{}]|=>|;$|\\r\\n/);
  });
});

test('every rule has a section of an RFC', () => {
  for (const { name, url } of Object.values(DIAGNOSIS_RULES)) {
    expect(name).toMatch(/^RFC \d{4}, section \d/);
    expect(url).toMatch(/#section-\d/);
  }
});

test('every hint and every rule is of a diagnosis that there is', () => {
  const codes = [...Object.keys(DIAGNOSIS_HINTS), ...Object.keys(DIAGNOSIS_RULES)];
  expect(codes.filter((code) => !DIAGNOSIS_CODES.some((known) => known === code))).toEqual([]);
});

test("the worked lab's checks know only what there are other hints on", async () => {
  const { stages } = await loadLab('week02');
  const known = stages.flatMap(({ checks }) => checks.flatMap(({ knows = [] }) => knows));
  expect(known.length).toBeGreaterThan(20);
  expect(known.filter((code) => !Object.hasOwn(DIAGNOSIS_HINTS, code))).toEqual([]);
});
