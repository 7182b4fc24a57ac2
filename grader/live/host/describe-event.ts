import type { Happened } from './host-event.ts';
import { showLines, showText } from '../../report/show-text.ts';
import type { Diagnosis, SourceLocation } from '../../model/diagnosis.ts';

const MOST_LINES = 40;

/** What happened to a program that is looked at, line by line. */
export function describeEvent(event: Happened): readonly string[] {
  switch (event.event) {
    case 'listening':
      return [
        event.port === event.askedPort
          ? 'the program listens'
          : `the program listens on port ${String(event.port)}, and not on ${String(event.askedPort)} as it was told`,
      ];
    case 'ended':
      return [
        `the program ended ${event.how}; the next client starts it again`,
        ...(event.source ? describePlace(event.source) : []),
      ];
    case 'failed':
      return describeFailure(event.diagnosis);
    case 'fault':
      return [event.text];
  }
}

function describeFailure({ code, summary, output, source, note }: Diagnosis): readonly string[] {
  return [
    `the program did not start [${code}]: ${showText(summary)}`,
    ...showLines(output ?? '', MOST_LINES).map((line) => `  ${line}`),
    ...(source ? describePlace(source) : []),
    ...(note === undefined ? [] : [showText(note)]),
  ].filter((line) => line.trim() !== '');
}

/** A place in a program's source. */
export function describePlace({ file, line, column }: SourceLocation): readonly [string] {
  return [`in ${showText(file)}:${String(line)}:${String(column)}`];
}
