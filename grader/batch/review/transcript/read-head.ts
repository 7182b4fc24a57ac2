import { showLine } from '../../../report/show-text.ts';

/** What the head of a message says of the body that follows it. */
export interface Body {
  /** How many bytes it has; undefined where that is told by the end of the connection. */
  readonly length: number | undefined;
  /** Safe to show. */
  readonly type: string;
  /** Whether its media type is one of text; undefined where there is none. */
  readonly isText: boolean | undefined;
}

/** Whether a first line is that of an HTTP message. */
export function isHttp(line: string): boolean {
  return /^HTTP\/\d|\sHTTP\/\d(?:\.\d)?\r?$/.test(line);
}

/** Reads a head. @param lines its first line, and its header lines */
export function readHead(lines: readonly string[]): Body {
  const field = (name: string): string | undefined => {
    const line = lines.slice(1).find((each) => each.toLowerCase().startsWith(`${name}:`));
    return line?.slice(name.length + 1).trim();
  };
  const length = field('content-length');
  const type = (field('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isRequest = !lines[0]?.startsWith('HTTP/');
  const isChunked = field('transfer-encoding') !== undefined;
  const without = isRequest && !isChunked ? 0 : undefined;
  return {
    length: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : without,
    type: type === '' ? 'no media type' : showLine(type, 60),
    isText: type === '' ? undefined : TEXT.test(type),
  };
}

const TEXT = /^text\/|[/+](?:json|xml|javascript|x-www-form-urlencoded)$/;
