import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Transcript } from '../../model/transcript.ts';
import { listRows } from '../bytes-view.ts';
import { gutterDigits } from '../gutter.ts';
import { showLine } from '../show-text.ts';
import { plural, wordNumber } from '../words.ts';
import { drawRow, type Block } from './evidence-view.ts';
import { dumpBytes, isBinary, type Mark } from '../hexdump.ts';
import { joinMessages, type Happening, type Message } from './join-messages.ts';
import type { Line } from '../line.ts';
import { writeMessage } from './message-lines.ts';

/** What client and server said to each other during a check, in order. */
export interface ExchangeView {
  readonly label: string;
  readonly steps: readonly StepView[];
}

interface StepView {
  readonly from: 'client' | 'server' | 'nobody';
  /** What happened, in words. */
  readonly what: string;
  /** When that was. */
  readonly when: string;
  /** What was said, in the notation of the course. */
  readonly lines: readonly Line[];
  /** The same byte by byte; at most one. */
  readonly bytes: readonly Block[];
}

const MOST_STEPS = 40;
const MOST_BYTES = 512;

/** @returns nothing where nothing was said nor done */
export function viewExchange(
  transcript: Transcript,
  diagnosis: Pick<Diagnosis, 'received' | 'offset' | 'length'>,
): readonly ExchangeView[] {
  const steps = joinMessages(transcript);
  if (steps.length === 0) return [];
  const connections = new Set(steps.map(({ connection }) => connection).filter((each) => each > 0));
  const isOne = connections.size <= 1;
  const rest = steps.length - MOST_STEPS;
  const views = steps.slice(0, MOST_STEPS).map((step): StepView => {
    const where = isOne || step.connection === 0 ? '' : `Connection ${String(step.connection)}: `;
    const view = step.kind === 'message' ? viewMessage(step, diagnosis) : viewHappening(step);
    return { ...view, what: capitalize(`${where}${view.what}`), when: wordMs(step.atMs) };
  });
  const more: StepView = {
    ...{ from: 'nobody', when: '', lines: [], bytes: [] },
    what: `${plural(rest, 'more step')} not shown`,
  };
  return [{ label: count(steps, connections.size), steps: rest > 0 ? [...views, more] : views }];
}

function count(steps: readonly (Message | Happening)[], connections: number): string {
  const messages = steps.filter(({ kind }) => kind === 'message').length;
  const calls = steps.filter(({ kind }) => kind === 'called').length;
  const said = messages === 0 ? 'no message' : plural(messages, 'message');
  return [
    ...(messages > 0 || calls === 0 ? [said] : []),
    ...(connections > 1 ? [`on ${String(connections)} connections`] : []),
    ...(calls > 0 ? [plural(calls, 'call')] : []),
  ].join(' ');
}

type Told = Omit<StepView, 'when'>;

function viewMessage(
  message: Message,
  diagnosis: Pick<Diagnosis, 'received' | 'offset' | 'length'>,
): Told {
  const { from, size } = message;
  const mark = findMark(message, diagnosis);
  return {
    ...{ from, what: `the ${from} sends ${plural(size, 'byte')}` },
    lines: writeMessage(message, mark),
    bytes: [viewBytesOf(message, mark)],
  };
}

/** Where the diagnosis points to, if this message is its evidence. */
function findMark(
  { from, size, bytes }: Message,
  { received, offset, length = 1 }: Pick<Diagnosis, 'received' | 'offset' | 'length'>,
): Mark | undefined {
  if (from === 'client' || !received || offset === undefined) return undefined;
  const { start, base64 } = received.bytes;
  const kept = Buffer.from(base64, 'base64');
  const same = bytes.subarray(start, start + kept.byteLength);
  const isSame = size === received.bytes.size && kept.subarray(0, same.byteLength).equals(same);
  return isSame ? { offset, length } : undefined;
}

function viewBytesOf({ bytes, size }: Message, mark: Mark | undefined): Block {
  // Whole rows, with the wrong byte among them where it is kept at all.
  const wrong = mark && mark.offset < bytes.byteLength ? mark.offset : 0;
  const from = Math.floor(Math.max(0, wrong - MOST_BYTES / 2) / 16) * 16;
  const shown = bytes.subarray(from, from + MOST_BYTES);
  const isAll = shown.byteLength === size;
  const to = from + shown.byteLength - 1;
  const which = isAll
    ? `All ${plural(size, 'byte')}`
    : `Bytes ${from} to ${to} of ${wordNumber(size)}`;
  return isBinary(shown)
    ? { label: `${which}, in hexadecimal`, lines: dumpBytes(shown, from, { mark }) }
    : { label: `${which}, with their offsets`, lines: listText(shown, from, mark) };
}

function listText(bytes: Buffer, start: number, mark: Mark | undefined): readonly Line[] {
  const digits = gutterDigits(start + bytes.byteLength);
  return listRows(bytes, start, mark).flatMap((row) => drawRow(row, digits));
}

function viewHappening(happening: Happening): Told {
  const told = { lines: [], bytes: [] };
  switch (happening.kind) {
    case 'connected':
      return { ...told, from: 'client', what: 'the client connects' };
    case 'refused':
      return { ...told, from: 'server', what: 'the connection is refused' };
    case 'closed-by-server':
      return { ...told, from: 'server', what: 'the server closes its side' };
    case 'closed-by-grader':
      return { ...told, from: 'client', what: 'the client closes the connection' };
    case 'reset':
      return { ...told, from: 'server', what: 'the connection is reset' };
    case 'deadline':
      return {
        ...{ ...told, from: 'client' },
        what: `the client has waited for ${wordMs(happening.afterMs)}, and waits no longer`,
      };
    case 'called':
      return {
        ...{ ...told, from: 'nobody' },
        what: `calls ${showLine(happening.call)}: ${showLine(happening.outcome)}`,
      };
    case 'started':
      return { ...told, from: 'nobody', what: `${showLine(happening.program)} is started` };
    case 'exited':
      return { ...told, from: 'nobody', what: `${showLine(happening.program)} ends` };
  }
}

function wordMs(ms: number): string {
  return ms < 1000 ? `${wordNumber(ms)} ms` : `${wordNumber(ms / 1000)} s`;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
