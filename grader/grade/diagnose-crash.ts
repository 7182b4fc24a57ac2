import { recordBytes } from '../model/bytes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { describeExit } from '../run/child.ts';
import type { Recorder } from '../wire/recorder.ts';
import type { Death } from './target.ts';

/**
 * Says what a program died of. It is proven only where one request alone got no answer.
 *
 * @param seen what the client saw of it
 */
export function diagnoseCrash(death: Death, recorder: Recorder, seen: Diagnosis): Diagnosis {
  const suspects = recorder.unanswered();
  const [first = recorder.lastSent()] = suspects;
  const quietly = death.exit.kind === 'code' && death.exit.code === 0;
  const ended = `Your program ended ${describeExit(death.exit)}`;
  const sent = [...new Set(suspects.map(describe))].join(', then ');
  const after = suspects.length > 1 ? `It had just been sent ${sent}.` : `It was sent ${sent}.`;
  const summary = quietly
    ? `${ended} instead of waiting for the next client.`
    : `${ended} while clients were served. ${suspects.length > 0 ? after : ''}`.trim();
  const label = quietly ? 'the last request' : 'the request that did it';
  return {
    code: 'crashed',
    proven: suspects.length === 1,
    summary,
    ...(first && first.byteLength > 0 && { received: { label, bytes: recordBytes(first) } }),
    ...death.diagnosis,
    note: `Other checks run on a program started anew. The client saw this: ${seen.summary}`,
  };
}

function describe(request: Buffer): string {
  if (request.byteLength === 0) return 'nothing, by a client that connected and left';
  const line = request.toString('latin1').split(/\r?\n/)[0] ?? '';
  return `"${line.length > 60 ? `${line.slice(0, 60)}...` : line}"`;
}
