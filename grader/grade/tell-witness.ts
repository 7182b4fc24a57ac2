import { printBytes } from '../model/bytes.ts';
import type { Recorder } from '../wire/recorder.ts';

/**
 * Says in a line what was sent or called, and what came back.
 *
 * @returns undefined where nothing was recorded
 */
export function tellWitness(recorder: Recorder): string | undefined {
  return tellCalls(recorder) ?? tellExchanges(recorder);
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
