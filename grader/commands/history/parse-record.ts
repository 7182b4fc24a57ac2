import type { RunRecord } from './run-record.ts';

/** Reads one line of the history; one that is damaged, or was written by hand, tells nothing. */
export function parseRecord(line: string): RunRecord[] {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? [value] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isRecord(value: unknown): value is RunRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { lab, submission, passed, failed, told } = value as Partial<
    Record<keyof RunRecord, unknown>
  >;
  return (
    typeof lab === 'string' &&
    typeof submission === 'string' &&
    isListOf(passed, isText) &&
    isListOf(failed, isText) &&
    isListOf(told, isTold)
  );
}

function isTold(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { check, code, level } = value as Record<string, unknown>;
  return isText(check) && isText(code) && Number.isInteger(level) && Number(level) > 0;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
