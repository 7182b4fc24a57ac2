import { UsageError } from '../../model/errors.ts';

const ISO_8601 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,3})?)?(?:Z|[+-](\d\d):?(\d\d))$/;

/**
 * Reads a moment in ISO 8601 with its zone, such as `2026-10-01T23:59:00+02:00`.
 *
 * @returns undefined where it is none, or a day or time that does not exist
 */
export function readInstant(text: string): Date | undefined {
  const found = ISO_8601.exec(text)?.slice(1).map(Number);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second] = found;
  const [zoneHour, zoneMinute] = found.slice(6);
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
  const isTime = hour < 24 && minute < 60 && !((second ?? 0) >= 60);
  const isZone = !((zoneHour ?? 0) > 14) && !((zoneMinute ?? 0) >= 60);
  if (!isDay || !isTime || !isZone) return undefined;
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}

/**
 * Reads the value of an option that names a deadline.
 *
 * @param option for example `--deadline`
 * @throws UsageError where it is no moment, or one without a zone, which is another on each machine
 */
export function readDeadline(text: string, option: string): Date {
  const instant = readInstant(text);
  if (instant) return instant;
  const reason = readInstant(`${text}Z`)
    ? 'has no time zone; add one, as in'
    : 'is no date and time; write it as';
  throw new UsageError(`${option} ${text} ${reason} 2026-10-01T23:59:00+02:00.`);
}
