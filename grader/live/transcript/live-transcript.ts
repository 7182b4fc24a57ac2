import pc from 'picocolors';
import { SIDES } from '../../report/wire-text.ts';
import type { OnClient } from '../relay/frames.ts';
import { LineCutter } from './line-cutter.ts';
import { MessageReader } from './message-reader.ts';
import { layOut, showWithoutEnd } from './show-line.ts';

export interface TranscriptOptions {
  readonly out: (text: string) => void;
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

/** After so long without more, what came of a line is shown without its end. */
const IDLE_MS = 200;

/** Shows what passes between clients and a program, and what the program prints, as it happens. */
export class LiveTranscript {
  readonly #options: TranscriptOptions;
  readonly #paint: ReturnType<typeof pc.createColors>;
  readonly #beganAt = performance.now();
  readonly #printed = { stdout: this.#openPrinted('stdout'), stderr: this.#openPrinted('stderr') };
  #clients = 0;

  constructor(options: TranscriptOptions) {
    this.#options = options;
    this.#paint = pc.createColors(options.color);
  }

  /** Something that happened to the program. @param text safe to show */
  note(text: string): void {
    this.#line('', text, 'dim');
  }

  /** A client has connected. @returns takes what passes on that connection */
  open(): ReturnType<OnClient> {
    this.#clients += 1;
    const name = `#${String(this.#clients)}`.padEnd(4);
    const sides = {
      client: this.#side((line) => this.#line(`${name} ${SIDES.client}`, line, 'cyan')),
      server: this.#side((line) => this.#line(`${name} ${SIDES.server}`, line, 'green')),
    };
    const note = (text: string): void => this.#line(`${name} `, text, 'dim');
    let latest: 'client' | 'server' = 'client';
    note('a client connects');
    return (from, frame) => {
      const other = from === 'client' ? 'server' : 'client';
      if (frame.kind === 'bytes') {
        if (latest === other) {
          sides[other].reader.flush();
          sides[from].reader.turn();
        }
        latest = from;
        sides[from].write(frame.bytes);
        return;
      }
      sides[other].reader.flush();
      sides[from].stop();
      if (frame.kind === 'end') sides[from].reader.end();
      else sides[other].stop();
      note(`the ${from} ${WORDS[frame.kind]}`);
    };
  }

  /** The program has printed something. @param dropped how many bytes before it are not told of */
  print(stream: 'stdout' | 'stderr', bytes: Buffer, dropped = 0): void {
    const side = this.#printed[stream];
    if (dropped > 0) {
      side.cutter.flush();
      this.#line(`${stream} | `, `... ${String(dropped)} bytes more ...`, 'yellow');
    }
    side.write(bytes);
  }

  /** Shows what is held back. */
  flush(): void {
    this.#printed.stdout.cutter.flush();
    this.#printed.stderr.cutter.flush();
  }

  #openPrinted(stream: string) {
    const cutter = new LineCutter((line) => {
      this.#line(`${stream} | `, showWithoutEnd(line), 'yellow');
    });
    return { cutter, ...idle(cutter) };
  }

  #side(show: (line: string) => void) {
    const reader = new MessageReader(show);
    return { reader, ...idle(reader) };
  }

  #line(marker: string, text: string, color: 'dim' | 'cyan' | 'green' | 'yellow'): void {
    const { out, width } = this.#options;
    const at = ((performance.now() - this.#beganAt) / 1000).toFixed(3).padStart(8);
    const laidOut = layOut(`${at} ${marker}`, text, width);
    out(laidOut.replace(/[^\n]+/g, (row) => this.#paint[color](row)));
  }
}

const WORDS = {
  end: 'closes its side',
  reset: 'resets the connection',
  refused: 'cannot be connected to',
} as const;

interface Held {
  readonly write: (bytes: Buffer) => void;
  readonly flush: () => void;
}

/** Flushes what is written to when no more has come for a while. */
function idle(held: Held): { readonly write: Held['write']; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    write: (bytes) => {
      clearTimeout(timer);
      held.write(bytes);
      timer = setTimeout(() => {
        held.flush();
      }, IDLE_MS).unref();
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}
