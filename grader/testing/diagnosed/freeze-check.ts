import { readBytes, recordBytes, type RecordedBytes } from '../../model/bytes.ts';
import type { Diagnosis, Evidence } from '../../model/diagnosis.ts';
import type { CheckResult } from '../../model/result.ts';
import type { TranscriptEvent } from '../../model/transcript.ts';

/** Takes out of a failed check what differs from run to run: ports, dates and milliseconds. */
export function freezeCheck(check: CheckResult): CheckResult {
  const { outcome } = check;
  if (outcome.status !== 'failed') return check;
  const { reproduce } = outcome;
  return {
    ...check,
    outcome: {
      ...outcome,
      diagnosis: freezeDiagnosis(outcome.diagnosis),
      transcript: outcome.transcript.map(freezeEvent),
      ...(reproduce !== undefined && { reproduce: freezeText(reproduce) }),
    },
  };
}

function freezeDiagnosis(diagnosis: Diagnosis): Diagnosis {
  const { summary, received, expected, caption, note, output } = diagnosis;
  return {
    ...diagnosis,
    summary: freezeText(summary),
    ...(received && { received: freezeEvidence(received) }),
    ...(expected && { expected: freezeEvidence(expected) }),
    ...(caption !== undefined && { caption: freezeText(caption) }),
    ...(note !== undefined && { note: freezeText(note) }),
    ...(output !== undefined && { output: freezeText(output) }),
  };
}

function freezeEvidence(evidence: Evidence): Evidence {
  const { label, bytes } = evidence;
  return { ...evidence, label: freezeText(label), bytes: freezeBytes(bytes) };
}

function freezeEvent(event: TranscriptEvent, index: number): TranscriptEvent {
  const atMs = index;
  return 'bytes' in event
    ? { ...event, atMs, bytes: freezeBytes(event.bytes) }
    : { ...event, atMs };
}

function freezeBytes(recorded: RecordedBytes): RecordedBytes {
  const frozen = Buffer.from(freezeText(readBytes(recorded).toString('latin1')), 'latin1');
  return { ...recordBytes(frozen), start: recorded.start, size: recorded.size };
}

/** What takes the place of a time is as long, so that no offset changes. */
function freezeText(text: string): string {
  return text
    .replace(/(?<=\bopened |\bran on port )\d{4,5}\b/g, '40000')
    .replace(/(?<=localhost:|127\.0\.0\.1:|\b(?<!ran on )[Pp]ort )\d{4,5}\b/g, '50000')
    .replace(/\b\w{3}, \d{2} \w{3} \d{4}\b/g, 'Fri, 02 Jan 2026')
    .replace(/\b\w{3} \w{3} \d{2} \d{4}\b/g, 'Fri Jan 02 2026')
    .replace(/\b\d{4}-\d{2}-\d{2}T/g, '2026-01-02T')
    .replace(/(?<!\d)\d{2}:\d{2}:\d{2}\.\d{3}/g, '12:34:56.789')
    .replace(/(?<!\d)\d{2}:\d{2}:\d{2}\b/g, '12:34:56');
}
