import type { LiveTranscript } from '../live/transcript/live-transcript.ts';
import type { Watch } from '../grade/session.ts';
import type { PlannedStage } from '../grade/plan.ts';
import type { Check } from '../lab/check.ts';
import { fullId } from '../model/check.ts';

/** Shows what checks do on the wire. */
export interface WireView {
  readonly watch: Watch;
  /** Shows what is held back. */
  readonly end: () => void;
}

type Side = ReturnType<LiveTranscript['open']>;

/** Shows each connection of each check in a transcript, beneath the name of the check. */
export function watchWire(
  { stage }: Pick<PlannedStage, 'stage'>,
  transcript: LiveTranscript,
  out: (text: string) => void,
): WireView {
  let current: Check | undefined;
  let open = new Map<number, Side>();
  const close = (): void => {
    // Who asks closes each connection when it has its answer.
    for (const side of open.values()) side('client', { kind: 'end' });
    open = new Map();
  };
  const begin = (check: Check): void => {
    close();
    out(`${current ? '\n' : ''}${fullId(stage, check)}: ${check.title}\n\n`);
    current = check;
  };
  return {
    end: close,
    watch: (check, event) => {
      if (check !== current) begin(check);
      const side = open.get(event.connection);
      switch (event.kind) {
        case 'connected':
          open.set(event.connection, transcript.open());
          break;
        case 'refused':
          transcript.open()('server', { kind: 'refused' });
          break;
        case 'sent':
          side?.('client', { kind: 'bytes', bytes: event.bytes });
          break;
        case 'received':
          side?.('server', { kind: 'bytes', bytes: Buffer.from(event.bytes) });
          break;
        case 'closed-by-server':
          side?.('server', { kind: 'end' });
          break;
        case 'reset':
          side?.('server', { kind: 'reset' });
          break;
        case 'closed-by-grader':
          side?.('client', { kind: 'end' });
          break;
        case 'deadline':
          transcript.note(`nothing more came for ${String(event.afterMs / 1000)} seconds`);
          break;
        case 'called':
          transcript.note(
            `${event.call} was called, and ${OUTCOMES[event.outcome] ?? event.outcome}`,
          );
          break;
        case 'started':
        case 'exited':
          transcript.note(`${event.program} ${event.kind}`);
          break;
      }
      if (event.kind === 'reset' || event.kind === 'closed-by-grader')
        open.delete(event.connection);
    },
  };
}

/** How a call ended, in words. */
const OUTCOMES: Readonly<Record<string, string>> = {
  returned: 'returned',
  threw: 'threw an error',
  'import-threw': 'the program threw an error when it was imported',
  missing: 'is not there',
  died: 'the program ended',
  'never-returned': 'did not return',
};
