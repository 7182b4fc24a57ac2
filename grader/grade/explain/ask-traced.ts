import type { Check } from '../../lab/check.ts';
import { readBytes } from '../../model/bytes.ts';
import type { Diagnosis, Evidence } from '../../model/diagnosis.ts';
import { CheckFailure } from '../../model/errors.ts';
import { Recorder, type Happening } from '../../wire/recorder.ts';
import type { ProgramTarget } from '../program-target.ts';
import { askOnce } from './ask-once.ts';
import type { TracedServer } from './start-traced.ts';

/** How a check failed when it was asked of a program that notes what its lines do. */
export interface TracedFailure {
  readonly diagnosis: Diagnosis;
  /** All that came on the connection that the diagnosis is about. */
  readonly received: Buffer;
  /** Of the first wrong byte, and how many there are. */
  readonly offset: number;
  readonly length: number;
}

export interface Traced {
  readonly server: TracedServer;
  readonly target: ProgramTarget;
  /** What the checks of the stage have in common. */
  readonly common: object;
}

/**
 * Asks a check, and before it those whose answers it is given.
 *
 * @returns undefined where it does not fail, or not by bytes that came
 */
export async function askTraced(check: Check, traced: Traced): Promise<TracedFailure | undefined> {
  const kept: Received[] = [];
  try {
    for (const each of listChain(check)) {
      const received: Received = new Map();
      kept.push(received);
      const recorder = new Recorder(keepReceived(received));
      const { target, common } = traced;
      await askOnce(each, { server: traced.server.server(recorder), recorder, target, common });
    }
    return undefined;
  } catch (error) {
    // Whatever else it is: this asking decides nothing, and tells nothing then.
    if (!(error instanceof CheckFailure)) return undefined;
    const { diagnosis } = error;
    const { received: evidence, offset, length = 1 } = diagnosis;
    if (!evidence || offset === undefined) return undefined;
    const received = findReceived(kept, evidence);
    return received && { diagnosis, received, offset, length };
  }
}

function listChain(check: Check): readonly Check[] {
  return check.after ? [...listChain(check.after), check] : [check];
}

/** What came on each connection of a check, in pieces. */
type Received = Map<number, Buffer[]>;

function keepReceived(received: Received): (happening: Happening) => void {
  return (happening) => {
    if (happening.kind !== 'received') return;
    const { connection, bytes } = happening;
    const pieces = received.get(connection) ?? [];
    pieces.push(Buffer.from(bytes));
    received.set(connection, pieces);
  };
}

/** All that came on the connection that evidence was taken from. */
function findReceived(kept: readonly Received[], { bytes }: Evidence): Buffer | undefined {
  const recorded = readBytes(bytes);
  return kept
    .flatMap((received) => [...received.values()])
    .map((pieces) => Buffer.concat(pieces))
    .find(
      (each) =>
        each.byteLength === bytes.size &&
        each.subarray(bytes.start, bytes.start + recorded.byteLength).equals(recorded),
    );
}
