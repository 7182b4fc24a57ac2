import { rfc, type Spec } from '../model/check.ts';
import type { DiagnosisCode } from '../model/diagnosis.ts';

const LENGTH = rfc(9110, '8.6', 'Content-Length is the number of bytes in the body');
const STATUS_LINE = rfc(9112, '4', 'A reply begins with version, status code and reason');

/** The rule that a mistake breaks, in words, where it is always the same one. */
export const DIAGNOSIS_RULES: Readonly<Partial<Record<DiagnosisCode, Spec>>> = {
  'lf-only': rfc(9112, '2.1', 'Every line of a head ends with CR LF'),
  'cr-only': rfc(9112, '2.2', 'A sender writes no CR without LF in a head'),
  'no-status-line': STATUS_LINE,
  'bad-status-line': STATUS_LINE,
  'bad-header-line': rfc(
    9112,
    '5',
    'A header line is a name, a colon right behind it, and a value',
  ),
  'no-blank-line': rfc(9112, '2.1', 'An empty line stands between the headers and the body'),
  'repeated-header': rfc(9110, '5.3', 'A header whose value is no list is sent once'),
  'length-too-short': LENGTH,
  'length-too-long': LENGTH,
  'length-in-characters': LENGTH,
  'bad-chunk': rfc(9112, '7.1', 'A chunk is its size in hexadecimal, then so many bytes'),
  'closed-in-body': rfc(9112, '8', 'A reply that ends before its declared length is incomplete'),
};

/** Found out before anything is asked by the rules: no rule of the check is at stake. */
export const WITHOUT_RULE: ReadonlySet<DiagnosisCode> = new Set([
  'syntax-error',
  'exited-early',
  'never-listened',
  'no-such-function',
  'threw',
  'never-returned',
]);
