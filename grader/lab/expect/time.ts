import type { Exchange } from '../../wire/exchange.ts';
import { failure } from './failure.ts';

/** The span, in the grader's clock, within which a page was made. */
export interface MadeWithin {
  readonly from: Date;
  readonly to: Date;
}

/** A time of day that a page shows; seconds are undefined where it shows none. */
interface ShownTime {
  readonly minute: number;
  readonly second: number | undefined;
  /** Seconds since 1970, where that is what it shows: such a time has no zone. */
  readonly epoch?: number;
  readonly index: number;
  readonly text: string;
}

/** Zones differ from one another by whole quarters of an hour, so that much of a time is its zone. */
const QUARTER = 15 * 60;
/** How far a right clock may be off, in seconds: rounding, and a page made once a second. */
const TOLERANCE = 2;

/**
 * Expects a page to show the current time, in any common format and any zone.
 *
 * @returns those of its times that are the current one
 */
export function expectCurrentTime(
  text: string,
  within: MadeWithin,
  exchange: Exchange,
): ShownTime[] {
  const times = readTimes(text, within);
  const [first] = times;
  if (first && isCurrent(first, within)) return times;
  if (!first) {
    throw failure('no-time', 'The page shows no time of day that can be read.', {
      exchange,
      offset: exchange.reply.bodyStart ?? 0,
      caption: 'a time such as 14:05:09 was expected in this page',
    });
  }
  throw failure(
    'wrong-time',
    `The page shows ${first.text}, which is not the time now in any zone.`,
    {
      exchange,
      offset: Math.max(0, exchange.received.indexOf(first.text)),
      length: first.text.length,
      caption: `now it is ${within.to.toISOString()}`,
    },
  );
}

/**
 * Reads the times that a page shows, in any common format and any zone: those that are the current
 * one or, where none is, all of them.
 */
export function readTimes(text: string, within: MadeWithin): ShownTime[] {
  const times = findTimes(text);
  const current = times.filter((time) => isCurrent(time, within));
  return current.length > 0 ? current : times;
}

/**
 * Whether a page shows the same times as an earlier one, to the second. Two pages with a second
 * between them do so only where the clock stands still.
 */
export function standsStill(earlier: readonly ShownTime[], later: readonly ShownTime[]): boolean {
  const seconds = (times: readonly ShownTime[]): string[] =>
    times.filter(({ second }) => second !== undefined).map(({ text }) => text);
  const before = new Set(seconds(earlier));
  const after = seconds(later);
  return after.length > 0 && after.every((text) => before.has(text));
}

/**
 * Reads the value of a Date header (RFC 9110, section 5.6.7: IMF-fixdate alone may be sent).
 *
 * @returns undefined where it is not of that form
 */
export function readDate(value: string): Date | undefined {
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toUTCString() === value ? date : undefined;
}

function findTimes(text: string): ShownTime[] {
  const shown = withPlainDigits(text);
  return [...clockTimes(shown), ...wordedTimes(shown), ...epochTimes(shown)];
}

/** Every script has ten digits of its own, in a row; those of most are one unit long, as ours are. */
function withPlainDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    if (digit.length > 1) return digit;
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCharCode(digit.charCodeAt(0) - value - 1))) value += 1;
    return String(value % 10);
  });
}

function clockTimes(text: string): ShownTime[] {
  return [...text.matchAll(CLOCK)].flatMap((match) => {
    const [shown, hour, minute, second, shortHour, shortMinute, shortSecond] = match;
    const seconds = second ?? shortSecond;
    const time = { minute: Number(minute ?? shortMinute), index: match.index, text: shown };
    const valid = Number(hour ?? shortHour) < 25 && time.minute < 60 && Number(seconds ?? 0) < 61;
    if (!valid) return [];
    return [{ ...time, second: seconds === undefined ? undefined : Number(seconds) }];
  });
}

/**
 * Three numbers with colons, padded or not, or two or three with a colon, a dot or an "h". Part of a
 * date, an address or a longer number is no time: 14.05.2026, 127.0.0.1, HTTP/1.1. The year of a log
 * may stand right before one: 01/Mar/2026:14:05:09.
 */
const CLOCK =
  /(?<!\d)(?<!(?<!\d{3})\d:)(?<!\d\.)(?:(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)|(\d{1,2})[:.h](\d{2})(?:[:.m](\d{2})(?![\d:])|(?![\d:]|\.\d)))/g;

/**
 * A word, or a letter, behind each number: 14 hours 05 minutes 09 seconds, 10 h 52 min 09 s,
 * 10時52分09秒; Python's tm_hour=14, tm_min=5, tm_sec=9; or ISO 8601 without punctuation.
 */
const WORDED = [
  /(?<!\d)(\d{1,2})\s?(?:hours?|heures?|Stunden|Uhr|hrs?|h|時|时|点|點|시)[,\s]{0,2}(?:(?:and|et|und) )?(\d{1,2})\s?(?:minutes?|Minuten|mins?\b|m\b|分|분)(?:[,\s]{0,2}(?:(?:and|et|und) )?(\d{1,2})\s?(?:secondes|seconds?|Sekunden|secs?\b|s\b|秒|초))?/gi,
  /\btm_hour=(\d{1,2}), tm_min=(\d{1,2}), tm_sec=(\d{1,2})/g,
  /(?<=\b\d{8}T)(\d{2})(\d{2})(\d{2})(?!\d)/g,
];

function wordedTimes(text: string): ShownTime[] {
  return WORDED.flatMap((pattern) => [...text.matchAll(pattern)]).flatMap((match) => {
    const [shown, hour, minute, second] = match;
    const time = { minute: Number(minute), index: match.index, text: shown };
    const valid = Number(hour) < 25 && time.minute < 60 && Number(second ?? 0) < 61;
    return valid ? [{ ...time, second: second === undefined ? undefined : Number(second) }] : [];
  });
}

/** Seconds or milliseconds since 1970. */
function epochTimes(text: string): ShownTime[] {
  return [...text.matchAll(/(?<!\d)\d{10}(?:\d{3})?(?!\d)/g)].map((match) => {
    const [shown] = match;
    const epoch = Number(shown.slice(0, 10));
    const date = new Date(epoch * 1000);
    const time = { minute: date.getUTCMinutes(), second: date.getUTCSeconds(), epoch };
    return { ...time, index: match.index, text: shown };
  });
}

function isCurrent({ minute, second, epoch }: ShownTime, { from, to }: MadeWithin): boolean {
  const earliest = Math.floor(from.getTime() / 1000) - TOLERANCE;
  const latest = Math.ceil(to.getTime() / 1000) + TOLERANCE;
  if (epoch !== undefined) return epoch >= earliest && epoch <= latest;
  const start = minute * 60 + (second ?? 0);
  const span = second === undefined ? 59 : 0;
  for (let now = earliest; now <= latest; now += 1) {
    const behind = modulo(now - start, QUARTER);
    if (behind <= span) return true;
  }
  return false;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
