import type { Points } from '../model/result.ts';

/** Seconds as `h:mm`; what is left over counts as a minute, so that late is never `0:00`. */
export function clockTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Seconds in words: `1 day, 2 hours and 5 minutes`. */
export function wordDuration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const parts = [
    { count: Math.floor(minutes / 1440), noun: 'day' },
    { count: Math.floor(minutes / 60) % 24, noun: 'hour' },
    { count: minutes % 60, noun: 'minute' },
  ];
  const told = parts.filter(({ count }) => count > 0).map(({ count, noun }) => plural(count, noun));
  const [last = 'less than a minute', ...before] = told.reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** An ISO time as people read it, in UTC: `2026-10-01 21:59 UTC`. */
export function wordTime(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso);
  return parts ? `${parts[1] ?? ''} ${parts[2] ?? ''} UTC` : iso;
}

/** A number with its noun: `1 point`, `2 points`. */
export function plural(count: number, noun: string): string {
  return `${wordNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** What is said behind points where some were earned, or can be, besides: ` and 2 bonus`. */
export function wordBonus(bonus: number): string {
  return bonus > 0 ? ` and ${wordNumber(bonus)} bonus` : '';
}

/** What was earned of what can be: `3 of 5 points and 2 bonus`. */
export function wordPoints({ earned, possible, bonusEarned }: Points): string {
  return `${wordNumber(earned)} of ${plural(possible, 'point')}${wordBonus(bonusEarned)}`;
}

/** A number with two decimals at most, and none that say nothing. */
export function wordNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A share as a percentage: `0.667` is `67%`. What is not all is not shown as all, nor as none. */
export function wordShare(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 100 && share < 1) return '>99%';
  if (percent === 0 && share > 0) return '<1%';
  return `${String(percent)}%`;
}
