import { describe, expect, test } from '@jest/globals';
import type { Diagnosis, DiagnosisCode } from '../model/diagnosis.ts';
import { Recorder } from '../wire/recorder.ts';
import { isOfTime } from './out-of-time.ts';

/** A recorder of a reply that came in more pieces than a transcript tells of. */
function recordPieces(): Recorder {
  const recorder = new Recorder();
  const connection = recorder.nextConnection();
  recorder.note({ kind: 'connected', connection });
  for (let count = 0; count < 300; count += 1) {
    recorder.note({ kind: 'received', connection, bytes: Buffer.alloc(4096) });
  }
  return recorder;
}

const diagnosis = (code: DiagnosisCode): Diagnosis => ({ code, proven: true, summary: '' });

describe('a failure at the end of a long reply', () => {
  test('may be due to a deadline that passed', () => {
    const recorder = recordPieces();
    recorder.note({ kind: 'deadline', connection: 1, afterMs: 15_000 });
    expect(isOfTime(diagnosis('truncated'), [recorder])).toBe(true);
    expect(isOfTime(diagnosis('body-differs'), [recorder])).toBe(false);
  });

  test('is not due to time where none ran out', () => {
    expect(isOfTime(diagnosis('truncated'), [recordPieces()])).toBe(false);
  });
});
