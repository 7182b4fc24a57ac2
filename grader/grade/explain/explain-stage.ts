import type { Check } from '../../lab/check.ts';
import { fullId } from '../../model/check.ts';
import {
  BODY_CODES,
  HEAD_CODES,
  type Diagnosis,
  type DiagnosisCode,
  type SourceLocation,
} from '../../model/diagnosis.ts';
import type { CheckResult, StageResult } from '../../model/result.ts';
import { isAboutListening, usesFunctions, type PlannedStage } from '../plan.ts';
import type { ProgramTarget } from '../program-target.ts';
import { askTraced, type TracedFailure } from './ask-traced.ts';
import { findWriter } from './find-writer.ts';
import type { Note } from '../../run/trace/parse-notes.ts';
import { locateListener, locateWriter } from './locate.ts';

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
  const server = await target.startTraced({ withinMs: EXPLAIN_MS, listensElsewhere });
  if (!server) return result;
  const failures = new Map<string, TracedFailure>();
  const traced = { server, target, common: {} };
  let notes: readonly Note[] = [];
  try {
    for (const check of asked.filter((each) => !isAboutListening(each))) {
      const failure = await askTraced(check, traced);
      if (failure) failures.set(fullId(stage, check), failure);
    }
  } finally {
    notes = await server.end();
  }
  const locate: Locate = ({ id }, diagnosis) => {
    if (diagnosis.code === 'wrong-port') return locateListener(notes, server.port, target.source);
    const failure = failures.get(id);
    const isSame =
      failure?.diagnosis.code === diagnosis.code && failure.offset === diagnosis.offset;
    if (!failure || !isSame) return undefined;
    const frames = findWriter(notes, failure.received, failure.offset);
    return frames && locateWriter(frames, failure, target.source);
  };
  return {
    ...result,
    checks: result.checks.map((check) => (ids.has(check.id) ? addSource(check, locate) : check)),
  };
}

/** Failures of bytes that a line of the program has sent, and not of others that never came. */
const SENT: ReadonlySet<DiagnosisCode> = new Set([...HEAD_CODES, ...BODY_CODES, 'not-html']);

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

type Locate = (check: CheckResult, diagnosis: Diagnosis) => SourceLocation | undefined;

function addSource(check: CheckResult, locate: Locate): CheckResult {
  const { outcome } = check;
  if (outcome.status !== 'failed') return check;
  const source = locate(check, outcome.diagnosis);
  if (!source) return check;
  return { ...check, outcome: { ...outcome, diagnosis: { ...outcome.diagnosis, source } } };
}
