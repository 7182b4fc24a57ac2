/** The port that readers are told to start their own server on: one that most machines have free. */
export const READERS_PORT = '50000';

/** A command of a result, as a reader types it: with that port in place of `$PORT`. */
export function fillPort(command: string): string {
  return command.replaceAll('$PORT', READERS_PORT);
}

/** Whether a command of a result asks a server that the reader starts. */
export function usesPort(command: string): boolean {
  return command.includes('$PORT');
}
