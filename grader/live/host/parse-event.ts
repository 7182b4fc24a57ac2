import type { HostEvent } from './host-event.ts';

/** Reads what the process that runs a program tells: it is our own code. */
export function parseEvent(line: string): HostEvent {
  return JSON.parse(line) as HostEvent;
}
