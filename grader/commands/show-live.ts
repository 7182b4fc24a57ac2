import type { Happened, HostEvent } from '../live/host/host-event.ts';
import { openPage } from '../live/open-page.ts';
import type { LiveTranscript } from '../live/transcript/live-transcript.ts';
import type { Console, ExitCode } from './console.ts';

/** Runs what goes on until Ctrl-C, which is how it ends well. */
export async function untilCtrlC(
  transcript: LiveTranscript,
  { signal, out }: Pick<Console, 'signal' | 'out'>,
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (!signal.aborted) throw error;
    transcript.flush();
    out('\n');
    return 0;
  }
}

/** Shows what comes of a program. @param describe says what happened, line by line and safe to show */
export function showEvent(
  transcript: LiveTranscript,
  event: HostEvent,
  describe: (event: Happened) => readonly string[],
): void {
  if (event.event === 'printed') {
    transcript.print(event.stream, Buffer.from(event.base64, 'base64'), event.dropped);
  } else noteLines(transcript, describe(event));
}

/** Shows what happened, behind all that came before it. @param lines safe to show */
export function noteLines(transcript: LiveTranscript, lines: readonly string[]): void {
  transcript.flush();
  for (const line of lines) transcript.note(line);
}

/** Opens a page in the browser, where that is wanted, and says where it is. */
export async function offerPage(
  url: string,
  isWanted: boolean,
  { environment, out }: Pick<Console, 'environment' | 'out'>,
): Promise<void> {
  const isOpen = isWanted && (await openPage(url, environment));
  tellReachable(`${isOpen ? 'opened ' : 'open   '} ${url}`, out);
}

/** Says how a program is reached, and how to end this. */
export function tellReachable(words: string, out: Console['out']): void {
  out(`\n${words}\nstop    Ctrl+C\n\n`);
}
