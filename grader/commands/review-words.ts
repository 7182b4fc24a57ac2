import type { HostEvent } from '../batch/review/host/host-event.ts';
import { showLines, showText } from '../report/show-text.ts';
import type { Diagnosis } from '../model/diagnosis.ts';

const MOST_LINES = 40;

/** What happened to a program that is looked at, line by line. */
export function describeEvent(
  event: Exclude<HostEvent, { readonly event: 'printed' }>,
): readonly string[] {
  switch (event.event) {
    case 'listening':
      return ['the program listens'];
    case 'ended':
      return [`the program ended ${event.how}; the next client starts it again`];
    case 'failed':
      return describeFailure(event.diagnosis);
    case 'fault':
      return [event.text];
  }
}

function describeFailure({ code, summary, output, source, note }: Diagnosis): readonly string[] {
  const place = source && `${source.file}:${String(source.line)}:${String(source.column)}`;
  return [
    `the program did not start [${code}]: ${showText(summary)}`,
    ...showLines(output ?? '', MOST_LINES).map((line) => `  ${line}`),
    ...(place === undefined ? [] : [`in ${showText(place)}`]),
    ...(note === undefined ? [] : [showText(note)]),
  ].filter((line) => line.trim() !== '');
}
