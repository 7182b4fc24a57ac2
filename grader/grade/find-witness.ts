import type { Check } from '../lab/check.ts';
import { printBytes } from '../model/bytes.ts';
import type { Recorder } from '../wire/recorder.ts';
import type { FirstAttempts } from './out-of-time.ts';

/**
 * Says in a line what a check sent and what came back. One that looks at the answer of a check before
 * it is borne out by that one's exchange.
 *
 * @returns undefined where nothing was recorded
 */
export function findWitness(
  check: Check,
  recorder: Recorder,
  attempts: FirstAttempts,
): string | undefined {
  let [asked, seen]: [Check | undefined, Recorder | undefined] = [check, recorder];
  while (asked && (!seen || isIdle(seen))) {
    asked = asked.after;
    seen = asked && attempts.get(asked);
  }
  return seen && (tellCalls(seen) ?? tellExchanges(seen));
}

/** Whether it neither used the wire nor called anything. */
function isIdle(recorder: Recorder): boolean {
  return !recorder.used && recorder.calls().length === 0;
}

function tellCalls(recorder: Recorder): string | undefined {
  const calls = recorder.calls();
  const names = [...new Set(calls.map(({ call }) => call))];
  const told = names.map((name) => {
    const own = calls.filter(({ call }) => call === name);
    return `${name} (${[...new Set(own.map(({ outcome }) => outcome))].join(', ')})`;
  });
  return told.length === 0 ? undefined : `called ${list(told)}`;
}

function tellExchanges(recorder: Recorder): string | undefined {
  const { sent, came } = recorder.exchanges();
  const told = [...new Set(sent.map(quoteLine))];
  if (told.length === 0) return undefined;
  const got = told.length > 1 ? 'got at last' : 'got';
  const answer = came ? `${quoteLine(came.start)} (${String(came.size)} bytes)` : 'nothing';
  return `sent ${list(told)}; ${got} ${answer}`;
}

function quoteLine(bytes: Buffer): string {
  if (bytes.byteLength === 0) return 'nothing';
  const end = bytes.subarray(0, LONGEST).findIndex((byte) => byte === 0x0a || byte === 0x0d);
  const cut = end === -1 && bytes.byteLength > LONGEST ? '...' : '';
  return `"${printBytes(bytes.subarray(0, end === -1 ? LONGEST : end))}"${cut}`;
}

const LONGEST = 60;

function list(all: readonly string[]): string {
  const more = all.length - MOST;
  return `${all.slice(0, MOST).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

const MOST = 3;
