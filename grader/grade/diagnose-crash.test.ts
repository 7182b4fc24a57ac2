import { describe, expect, test } from '@jest/globals';
import { Recorder } from '../wire/recorder.ts';
import { diagnoseCrash } from './diagnose-crash.ts';

const death = { exit: { kind: 'code', code: 1 }, diagnosis: {} } as const;
const seen = { code: 'closed-empty', proven: true, summary: 'It closed.' } as const;

/** What is said where each of these requests was sent, on a connection of its own. */
function diagnose(requests: readonly string[], answer?: string) {
  const recorder = new Recorder();
  for (const request of requests) {
    const connection = recorder.nextConnection();
    recorder.note({ kind: 'connected', connection });
    recorder.note({ kind: 'sent', connection, bytes: Buffer.from(request) });
    if (answer === undefined) continue;
    recorder.note({ kind: 'received', connection, bytes: Buffer.from(answer) });
  }
  return diagnoseCrash(death, recorder, seen);
}

describe('a crash', () => {
  test('is due to the one request that got no answer', () => {
    expect(diagnose(['GET /'])).toMatchObject({
      proven: true,
      summary: expect.stringContaining('while it answered "GET /"'),
      received: { label: 'the request that did it', bytes: { printable: 'GET /' } },
    });
  });

  test('is due to none for certain, where several got no answer', () => {
    expect(diagnose(['GET /a', 'GET /b'])).toMatchObject({
      proven: false,
      received: { label: 'the last request', bytes: { printable: 'GET /b' } },
    });
  });

  test('is due to none where all were answered', () => {
    expect(diagnose(['GET /'], 'hello')).toMatchObject({
      proven: false,
      summary: expect.stringContaining('between two clients'),
      received: { label: 'the last request', bytes: { printable: 'GET /' } },
    });
  });
});
