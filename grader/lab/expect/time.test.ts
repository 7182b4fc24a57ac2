import { describe, expect, test } from '@jest/globals';
import { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { expectCurrentTime, readDate, standsStill } from './time.ts';

const NOW = new Date('2026-03-01T14:05:09.400Z');

function answer(text: string): Exchange {
  const received = Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${text}`);
  const request = { name: 'GET /time-page', bytes: Buffer.alloc(0) };
  return { request, received, ending: 'closed', withinMs: 3000, reply: parseReply(received, true) };
}

function read(text: string, now = NOW) {
  return expectCurrentTime(text, { from: now, to: new Date(now.getTime() + 30) }, answer(text));
}

function failureOf(text: string, now = NOW): string {
  try {
    read(text, now);
  } catch (error) {
    if (error instanceof CheckFailure) return error.diagnosis.code;
    throw error;
  }
  return 'none';
}

describe('a page shows the time', () => {
  test.each([
    ['as ISO 8601', '2026-03-01T14:05:09.400Z'],
    ['as ISO 8601 with an offset', '2026-03-01T15:05:09+01:00'],
    ['as ISO 8601 with an offset of quarter hours', '2026-03-01T19:50:09+05:45'],
    ['as Python prints it', '2026-03-01 14:05:09.412345'],
    ['as RFC 1123', 'Sun, 01 Mar 2026 14:05:09 GMT'],
    ['as ctime prints it', 'Sun Mar  1 15:05:09 2026'],
    ['as JavaScript prints it', 'Sun Mar 01 2026 15:05:09 GMT+0100 (Central European Time)'],
    ['in twelve hours', '3/1/2026, 2:05:09 PM'],
    ['in twelve hours, without seconds', 'It is 2:05 pm'],
    ['in another zone', 'It is 01:05:09 in Sydney'],
    ['in India, half an hour off', '19:35:09'],
    ['in Nepal, a quarter off', '19:50:09'],
    ['in Newfoundland', '10:35:09'],
    ['with dots', '1.3.2026 klo 14.05.09'],
    ['without zeros before single digits', '14:5:9'],
    ['right behind a colon', 'Time:14:05:09'],
    ['right behind dots', 'The time is...14:05:09'],
    ['with milliseconds behind a colon', '14:05:09:412'],
    ['as a log file shows it', '[01/Mar/2026:14:05:09]'],
    ['as the French write it', '15h05'],
    ['in hours and minutes', 'It is 14:05.'],
    ['in words', 'It is 14 hours 05 minutes and 09 seconds'],
    ['in words, without seconds', 'It is 2 hours, 5 minutes past noon'],
    ['as Canadians write it', '15 h 05 min 09 s'],
    ['as the Japanese write it', '14時05分09秒'],
    [
      'as Python prints a struct_time',
      'time.struct_time(tm_year=2026, tm_hour=14, tm_min=5, tm_sec=9)',
    ],
    ['as ISO 8601 without punctuation', '20260301T140509Z'],
    ['in Arabic digits', '٢:٠٥:٠٩ م'],
    ['in Devanagari digits', '१४:०५:०९'],
    ['in seconds since 1970', '1772373909'],
    ['in seconds since 1970 with a fraction', '1772373909.41'],
    ['in milliseconds since 1970', '1772373909400'],
    ['among others', 'Opened 09:00, closes 17:30. Now: 14:05:09'],
    ['a second late', '14:05:08'],
    ['a second early, as one that rounds', '14:05:10'],
  ])('%s', (_, text) => {
    expect(failureOf(text)).toBe('none');
  });

  test('across the end of an hour', () => {
    const now = new Date('2026-03-01T14:59:59.990Z');
    expect(failureOf('15:00:00', now)).toBe('none');
    expect(failureOf('14:59', now)).toBe('none');
  });
});

describe('a page shows a wrong time', () => {
  test.each([
    ['minutes late', '14:02:09'],
    ['minutes early', '14:08:09'],
    ['seconds late', '14:04:49'],
    ['in hours and minutes', '14:09'],
    ['of another day in seconds since 1970', '1772287509'],
    ['of another hour in milliseconds since 1970', '1772370309400'],
  ])('%s', (_, text) => {
    expect(failureOf(text)).toBe('wrong-time');
  });

  test('and the failure points at it', () => {
    expect(() => read('Now: 14:02:09')).toThrow(
      expect.objectContaining({
        diagnosis: expect.objectContaining({ code: 'wrong-time', offset: 19 + 5, length: 8 }),
      }),
    );
  });
});

describe('a page shows no time', () => {
  test.each([
    ['but a text', '<h1>The time</h1>'],
    ['but nothing', ''],
    ['but a date', '2026-03-01'],
    ['but a date with dots', '14.05.2026'],
    ['but a port', 'http://127.0.0.1:50000/'],
    ['but a long number', '01772373909'],
    ['but an impossible one', '29:05:09'],
  ])('%s', (_, text) => {
    expect(failureOf(text)).toBe('no-time');
  });
});

describe('a clock', () => {
  const later = new Date(NOW.getTime() + 1000);

  test('stands still where a second later shows the same', () => {
    expect(standsStill(read('14:05:09'), read('14:05:09', later))).toBe(true);
  });

  test('goes where the seconds differ', () => {
    expect(standsStill(read('14:05:09'), read('14:05:10', later))).toBe(false);
    expect(standsStill(read('1772373909'), read('1772373910', later))).toBe(false);
  });

  test('is not said to stand still where it shows no seconds', () => {
    expect(standsStill(read('14:05'), read('14:05', later))).toBe(false);
  });
});

describe('the Date header', () => {
  test('is read in the one form that may be sent', () => {
    expect(readDate('Sun, 01 Mar 2026 14:05:09 GMT')).toEqual(new Date('2026-03-01T14:05:09Z'));
  });

  test.each([
    'Sun, 1 Mar 2026 14:05:09 GMT',
    'Sun, 01 Mar 2026 14:05:09 UTC',
    'Sun, 01 Mar 2026 14:05:09 +0000',
    'Sun, 01 Mar 2026 14:05:09',
    'Sunday, 01-Mar-26 14:05:09 GMT',
    'Sun Mar  1 14:05:09 2026',
    'Mon, 01 Mar 2026 14:05:09 GMT',
    'sun, 01 mar 2026 14:05:09 gmt',
    'Sun, 31 Feb 2026 14:05:09 GMT',
    '2026-03-01T14:05:09Z',
    '',
  ])('is not read as %j', (value) => {
    expect(readDate(value)).toBeUndefined();
  });
});
