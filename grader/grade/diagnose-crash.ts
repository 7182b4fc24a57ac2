import { recordBytes } from '../model/bytes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { describeExit, isQuiet } from '../run/exit.ts';
import type { Recorder } from '../wire/recorder.ts';
import { diagnoseLimit } from './diagnose-limit.ts';
import type { Death } from './target.ts';

/**
 * Says what a program died of. It is proven only where one request alone got no answer.
 *
 * @param seen what the client saw of it
 */
export function diagnoseCrash(death: Death, recorder: Recorder, seen: Diagnosis): Diagnosis {
  const suspects = recorder.unanswered();
  const quietly = isQuiet(death.exit);
  const ended = `Your program ended ${describeExit(death.exit)}`;
  const limit = diagnoseLimit(death.exit, death.diagnosis.output ?? '');
  // Of several, none is known to have done it.
  const culprit = suspects.length === 1 && !quietly ? suspects[0] : undefined;
  const label = culprit ? 'the request that did it' : 'the last request';
  const request = culprit ?? suspects.at(-1) ?? recorder.lastSent();
  return {
    code: 'crashed',
    proven: quietly || suspects.length === 1,
    summary: quietly
      ? `${ended} instead of waiting for the next client.`
      : tellCrash(ended, suspects),
    ...(request && request.byteLength > 0 && { received: { label, bytes: recordBytes(request) } }),
    ...death.diagnosis,
    ...limit,
    note: `Other checks run on a program started anew. The client saw this: ${seen.summary}`,
  };
}

/** Says what a program was doing when it ended. @param suspects the requests that it had not answered */
export function tellCrash(ended: string, suspects: readonly Buffer[]): string {
  if (suspects.length === 0) return `${ended} between two clients.`;
  const sent = suspects.map(describeRequest).join(', then ');
  return suspects.length === 1
    ? `${ended} while it answered ${sent}.`
    : `${ended}. It had just been sent ${sent}.`;
}

/** Says how a program ended that had answered well before. */
export function diagnoseLateCrash({ exit, diagnosis }: Death): Diagnosis {
  return {
    code: 'crashed',
    proven: true,
    summary: `The answer was right, but then your program ended ${describeExit(exit)}.`,
    ...diagnosis,
    ...diagnoseLimit(exit, diagnosis.output ?? ''),
    note: 'Other checks run on a program started anew.',
  };
}

/** Says how a program ended that was left alone. */
export function diagnoseEnd({ exit, diagnosis }: Death): Diagnosis {
  return {
    code: 'exited-early',
    proven: true,
    summary: `Your program ended ${describeExit(exit)} as soon as it listened, without a client.`,
    ...diagnosis,
    ...diagnoseLimit(exit, diagnosis.output ?? ''),
  };
}

/** The first line of a request, in quotes. */
export function describeRequest(request: Buffer): string {
  if (request.byteLength === 0) return 'a client that connected and left without a word';
  const line = request.toString('latin1').split(/\r?\n/)[0] ?? '';
  return `"${line.length > 60 ? `${line.slice(0, 60)}...` : line}"`;
}
