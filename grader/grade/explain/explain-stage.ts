import type { Check } from '../../lab/check.ts';
import { readBytes } from '../../model/bytes.ts';
import { fullId } from '../../model/check.ts';
import type { Diagnosis, DiagnosisCode, SourceLocation } from '../../model/diagnosis.ts';
import { CheckFailure } from '../../model/errors.ts';
import type { CheckResult, StageResult } from '../../model/result.ts';
import { Recorder } from '../../wire/recorder.ts';
import { isAboutListening, usesFunctions, type PlannedStage } from '../plan.ts';
import type { ProgramTarget } from '../program-target.ts';
import { findWriter } from './find-writer.ts';
import { locateListener, locateWriter } from './locate.ts';
import type { TracedServer } from './start-traced.ts';

/** How long all of it may take, which only a program that means harm will need. */
const EXPLAIN_MS = 5000;
/** Replies that take their time, in bytes, are not asked for again. */
const MOST_RECEIVED = 2 ** 20;

/**
 * Names the line of the program behind failures: the one that sent the wrong byte, or opened the wrong
 * port. The program is started once more, with a note taken of what its lines do, and asked the same
 * again. What comes of that is added to a diagnosis and changes nothing else.
 *
 * @param chosen the failures to be explained, of whatever stage
 */
export async function explainStage(
  result: StageResult,
  { stage, checks }: PlannedStage,
  { target, chosen }: { readonly target: ProgramTarget; readonly chosen: readonly CheckResult[] },
): Promise<StageResult> {
  const ids = new Set(chosen.flatMap((each) => (isOpen(each) ? [each.id] : [])));
  const asked = checks.filter((check) => ids.has(fullId(stage, check)) && canBeAsked(check));
  if (asked.length === 0) return result;
  const listensElsewhere = result.checks.some((check) => codeOf(check) === 'wrong-port');
  const traced = await target.startTraced({ withinMs: EXPLAIN_MS, listensElsewhere });
  if (!traced) return result;
  const seen: Seen[] = [];
  const common: object = {};
  let notes: Awaited<ReturnType<TracedServer['end']>> = [];
  try {
    for (const check of asked.filter((each) => !isAboutListening(each))) {
      const again = await askAgain(check, { traced, target, stage: common });
      if (again) seen.push({ ...again, id: fullId(stage, check) });
    }
  } finally {
    notes = await traced.end();
  }
  const locate = (check: CheckResult, diagnosis: Diagnosis): SourceLocation | undefined => {
    if (diagnosis.code === 'wrong-port') return locateListener(notes, traced.port, target.source);
    const again = seen.find(({ id }) => id === check.id);
    const isSame = again?.diagnosis.code === diagnosis.code && again.offset === diagnosis.offset;
    if (!again || !isSame) return undefined;
    const { received, offset, length } = again;
    const frames = findWriter(notes, received, offset);
    return frames && locateWriter(frames, { received, offset, length }, target.source);
  };
  return {
    ...result,
    checks: result.checks.map((check) => (ids.has(check.id) ? addSource(check, locate) : check)),
  };
}

/** Failures of bytes that a line of the program has sent, and not of others that never came. */
const SENT: ReadonlySet<DiagnosisCode> = new Set([
  'lf-only',
  'cr-only',
  'no-status-line',
  'bad-status-line',
  'wrong-status',
  'bad-header-line',
  'missing-header',
  'wrong-header',
  'repeated-header',
  'no-blank-line',
  'length-too-short',
  'length-too-long',
  'length-in-characters',
  'bad-chunk',
  'body-differs',
  'utf8-body',
  'latin1-body',
  'newline-translated',
  'truncated',
  'head-repeated',
  'body-of-another-file',
  'trailing-bytes',
  'not-html',
]);

function codeOf({ outcome }: CheckResult): DiagnosisCode | undefined {
  return outcome.status === 'failed' ? outcome.diagnosis.code : undefined;
}

function isOpen({ outcome }: CheckResult): boolean {
  if (outcome.status !== 'failed' || outcome.diagnosis.source) return false;
  const { code, received, offset } = outcome.diagnosis;
  if (code === 'wrong-port') return true;
  // What waited in vain would do so once more.
  const isLong = outcome.transcript.some(({ kind }) => kind === 'deadline');
  if (!received || received.bytes.size > MOST_RECEIVED || isLong) return false;
  return SENT.has(code) && offset !== undefined;
}

function canBeAsked(check: Check): boolean {
  return check.waits !== true && !usesFunctions(check);
}

/** What was seen when a check was asked again. */
interface Seen {
  readonly id: string;
  readonly diagnosis: Diagnosis;
  /** All that came on the connection that the diagnosis is about. */
  readonly received: Buffer;
  readonly offset: number;
  readonly length: number;
}

interface AskedAgain {
  readonly traced: TracedServer;
  readonly target: ProgramTarget;
  /** The same for all checks of the stage. */
  readonly stage: object;
}

/** Asks a check, and before it those whose answers it is given; undefined where it does not fail now. */
async function askAgain(
  check: Check,
  { traced, target, stage }: AskedAgain,
): Promise<Omit<Seen, 'id'> | undefined> {
  const recorders: Recorder[] = [];
  const chain: Check[] = [];
  for (let each: Check | undefined = check; each; each = each.after) chain.unshift(each);
  try {
    for (const each of chain) {
      const recorder = new Recorder();
      recorders.push(recorder);
      await askOnce(each, { recorder, traced, target, stage });
    }
    return undefined;
  } catch (error) {
    // Whatever else it is: this asking decides nothing, and tells nothing then.
    if (!(error instanceof CheckFailure)) return undefined;
    const { diagnosis } = error;
    const { received: evidence, offset, length = 1 } = diagnosis;
    if (!evidence || offset === undefined) return undefined;
    const { bytes } = evidence;
    const kept = readBytes(bytes);
    const received = recorders
      .flatMap((recorder) => recorder.received())
      .find(
        (each) =>
          each.byteLength === bytes.size &&
          each.subarray(bytes.start, bytes.start + kept.byteLength).equals(kept),
      );
    return received && { diagnosis, received, offset, length };
  }
}

async function askOnce(
  check: Check,
  { recorder, traced, target, stage }: AskedAgain & { readonly recorder: Recorder },
): Promise<void> {
  const server = traced.server(recorder);
  try {
    await check.ask({
      ...target.common,
      stage,
      server,
      call: target.call(recorder),
      random: target.random(check.id),
      rest: () => Promise.resolve(),
      remark: () => undefined,
    });
  } finally {
    await server.release();
  }
}

function addSource(
  check: CheckResult,
  locate: (check: CheckResult, diagnosis: Diagnosis) => SourceLocation | undefined,
): CheckResult {
  const { outcome } = check;
  if (outcome.status !== 'failed') return check;
  const source = locate(check, outcome.diagnosis);
  if (!source) return check;
  return { ...check, outcome: { ...outcome, diagnosis: { ...outcome.diagnosis, source } } };
}
