import type { CheckFailure } from '../../model/errors.ts';
import { printText } from '../../model/bytes.ts';
import type { CallOutcome, CallValue } from '../../run/call/outcome.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { failure } from './failure.ts';

/** Text as an argument of a student's function. */
export function text(value: string): CallValue {
  return { type: 'text', value };
}

/** Bytes as an argument of a student's function. */
export function bytes(value: Uint8Array): CallValue {
  return { type: 'bytes', value: Buffer.from(value).toString('base64') };
}

/**
 * Expects a call to have returned.
 *
 * @param call how a report names it, for example `parseRequest("GET / HTTP/1.1")`
 */
export function expectReturned(outcome: CallOutcome | undefined, call: string): CallValue {
  if (outcome?.kind === 'returned') return outcome.value;
  if (outcome?.kind === 'threw') {
    throw failure('threw', `${call} threw ${thrown(outcome)}.`, {
      output: printText(outcome.stack),
      ...(outcome.source && { source: outcome.source }),
    });
  }
  throw notCalled(outcome, call);
}

/** Expects a call to have thrown, whatever it threw. */
export function expectThrew(outcome: CallOutcome | undefined, call: string): void {
  if (outcome?.kind === 'threw') return;
  if (outcome?.kind !== 'returned') throw notCalled(outcome, call);
  const returned = valueBytes(outcome.value);
  throw failure('did-not-throw', `${call} returned a value; it must throw.`, {
    received: { label: `what ${call} returned`, bytes: returned },
  });
}

/** The bytes of a returned value; text as UTF-8, as it would go out. */
export function valueBytes(value: CallValue): Buffer {
  return Buffer.from(value.value, value.type === 'bytes' ? 'base64' : 'utf8');
}

/** Expects a call to have returned text, or bytes, that are just these. */
export function expectValue(value: CallValue, expected: string, call: string): void {
  const returned = valueBytes(value);
  if (value.type !== 'other' && returned.equals(Buffer.from(expected))) return;
  throw failure('wrong-return', `${call} returned something else than "${expected}".`, {
    received: { label: `what ${call} returned`, bytes: returned },
    expected: { label: 'what it should return', bytes: Buffer.from(expected) },
  });
}

/**
 * Takes a returned value as if it had come over a connection that then closed.
 *
 * @throws CheckFailure where it is neither text nor bytes
 */
export function replyFromValue(value: CallValue, name: string): Exchange {
  if (value.type === 'other') {
    throw failure('wrong-return', `${name} returned neither text nor bytes.`, {
      received: { label: `what ${name} returned`, bytes: valueBytes(value) },
    });
  }
  const received = valueBytes(value);
  return {
    request: { name, bytes: Buffer.alloc(0) },
    received,
    ending: 'closed',
    withinMs: 0,
    reply: parseReply(received, true),
  };
}

function notCalled(outcome: CallOutcome | undefined, call: string): CheckFailure {
  const name = call.replace(/\(.*$/s, '');
  if (outcome === undefined || outcome.kind === 'missing') {
    const found = outcome?.exports.join(', ') ?? '';
    const others = found === '' ? 'It exports nothing.' : `It has: ${printText(found)}.`;
    return failure('no-such-function', `Your program exports no function ${name}. ${others}`);
  }
  if (outcome.kind === 'import-threw') {
    return failure('threw', `Importing your program to call ${name} threw ${thrown(outcome)}.`, {
      output: printText(outcome.stack),
      ...(outcome.source && { source: outcome.source }),
    });
  }
  if (outcome.kind === 'died') {
    const when =
      outcome.during === 'call'
        ? `while ${call} was called`
        : `while it was imported, before ${name} could be called`;
    return failure('crashed', `Your program ended ${outcome.how} ${when}.`, {
      output: printText(outcome.stderr.slice(-2000)),
      ...(outcome.source && { source: outcome.source }),
    });
  }
  const during = outcome.kind === 'never-returned' ? outcome.during : 'call';
  const what = {
    import: `Your program was imported, to call ${name}, and the import did not end`,
    'earlier-call': `${call} could not be called: a call of ${name} before it did not return`,
    call: `${call} was called and did not return`,
  }[during];
  return failure(
    'never-returned',
    `${what} within 5 seconds. Possibly it waits for something that does not come, or it loops for ever.`,
  );
}

function thrown({ error, message }: { error: string; message: string }): string {
  return printText(message === '' ? error : `${error}: ${message}`);
}
