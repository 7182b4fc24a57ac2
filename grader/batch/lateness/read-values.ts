import { SECONDS_A_DAY, type Cost } from './policy.ts';

/** Reads a span such as `15m`, `36h`, `3d` or `1d12h`. @returns seconds */
export function readSpan(text: string): number | undefined {
  const found = /^(?=\d)(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/.exec(text);
  if (!found) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((n) => Number(n) || 0);
  return days * SECONDS_A_DAY + hours * 3600 + minutes * 60 + seconds;
}

/** Reads `10%` or `5 points`. */
export function readCost(text: string): Cost | undefined {
  const [, number = '', unit = ''] = /^(\d{1,4}(?:\.\d{1,3})?) ?(%|points?)$/.exec(text) ?? [];
  if (unit === '') return undefined;
  if (unit !== '%') return { unit: 'points', points: Number(number) };
  return Number(number) <= 100 ? { unit: 'percent', percent: Number(number) } : undefined;
}

/** Reads a number of days. */
export function readDays(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}
