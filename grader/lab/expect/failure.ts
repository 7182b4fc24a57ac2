import { printText, recordBytes } from '../../model/bytes.ts';
import type { Diagnosis, DiagnosisCode, Evidence, SourceLocation } from '../../model/diagnosis.ts';
import { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import type { ReplyFault } from '../../wire/reply/fault.ts';

/** What a failure is made of besides its code and its summary. */
export interface FailureFacts {
  /** False where the cause is likely but not shown by the bytes. */
  readonly proven?: boolean;
  /** The exchange whose answer is wrong; its bytes become the evidence. */
  readonly exchange?: Exchange;
  /** Other bytes in place of the exchange's. */
  readonly received?: { readonly label: string; readonly bytes: Uint8Array };
  readonly expected?: {
    readonly label: string;
    readonly bytes: Uint8Array;
    /** Of the first byte that is not the one that came. */
    readonly offset?: number;
  };
  readonly offset?: number;
  readonly length?: number;
  readonly caption?: string;
  readonly note?: string;
  readonly output?: string;
  readonly source?: SourceLocation;
}

/** Makes the failure of a check. @param summary what happened, in a plain sentence or two */
export function failure(
  code: DiagnosisCode,
  summary: string,
  facts: FailureFacts = {},
): CheckFailure {
  const request = facts.exchange?.request.bytes;
  const diagnosed = diagnosis(code, summary, facts);
  return new CheckFailure(diagnosed, request?.byteLength ? { request } : {});
}

/**
 * Judges, and where that fails looks once more for what the failure is due to.
 *
 * @param find what is to be added to the diagnosis, in a sentence; undefined where nothing is found
 * @throws what `judge` throws, with that sentence
 */
export async function explained<Result>(
  judge: () => Promise<Result>,
  find: () => Promise<string | undefined>,
): Promise<Result> {
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    const found = await find().catch(unlessFailure);
    if (found === undefined) throw error;
    const { diagnosis: told, share, request } = error;
    const note = told.note === undefined ? found : `${told.note} ${found}`;
    throw new CheckFailure({ ...told, note: printText(note) }, { share, request });
  }
}

/** What is not answered either explains nothing, and must not stand in for what failed. */
function unlessFailure(error: unknown): undefined {
  if (!(error instanceof CheckFailure)) throw error;
}

function diagnosis(code: DiagnosisCode, summary: string, facts: FailureFacts): Diagnosis {
  const {
    proven = true,
    exchange,
    offset,
    expected,
    length,
    caption,
    note,
    output,
    source,
  } = facts;
  const received = facts.received ?? (exchange && answerOf(exchange));
  return {
    code,
    proven,
    // They may quote what came, and are printed on a terminal.
    summary: printText(summary),
    ...(received && { received: evidence(received, offset) }),
    ...(expected && {
      expected: {
        ...evidence(expected, expected.offset),
        ...(expected.offset !== undefined && { offset: expected.offset }),
      },
    }),
    ...(offset !== undefined && { offset }),
    ...(length !== undefined && { length }),
    ...(caption !== undefined && { caption: printText(caption) }),
    ...(note !== undefined && { note: printText(note) }),
    ...(output !== undefined && { output }),
    ...(source && { source }),
  };
}

/** Turns the fault that a strict reader stopped at into a failure. */
export function faultFailure(exchange: Exchange, fault: ReplyFault): CheckFailure {
  return failure(fault.code, fault.summary, { ...fault, exchange });
}

function answerOf({ request, received }: Exchange): { label: string; bytes: Uint8Array } {
  return { label: `the answer to ${request.name}`, bytes: received };
}

function evidence(part: { label: string; bytes: Uint8Array }, offset = 0): Evidence {
  return { label: part.label, bytes: recordBytes(part.bytes, offset) };
}
