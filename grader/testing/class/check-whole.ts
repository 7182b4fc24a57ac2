import { parse } from 'csv-parse/sync';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseBatchRecord } from './rows-parser.ts';

/** The files of a batch that are not whole. */
export function findHalfWritten(out: string): readonly string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('repositories') && !isWhole(join(out, path)))
    .sort();
}

function isWhole(path: string): boolean {
  const read = (): string => readFileSync(path, 'utf8');
  try {
    switch (extname(path)) {
      case '.json':
        JSON.parse(read());
        return true;
      case '.jsonl':
        // The last line may be cut off: it is dropped when the batch goes on.
        for (const line of read().split('\n').slice(0, -1)) JSON.parse(line);
        return true;
      case '.csv':
        return parse(read(), { bom: true, columns: true }).length > 0;
      case '.html':
        return read().trimEnd().endsWith('</html>');
      case '.md':
        return read().endsWith('\n');
      default:
        return true;
    }
  } catch (error) {
    if (error instanceof SyntaxError || path.endsWith('.csv')) return false;
    throw error;
  }
}

/** When each student that has a grade was graded, by their id. */
export function whenGraded(out: string): Readonly<Record<string, string>> {
  const folder = join(out, 'records');
  if (!existsSync(folder)) return {};
  const records = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parseBatchRecord(readFileSync(join(folder, name), 'utf8')))
    .filter(({ outcome }) => outcome.status === 'graded');
  return Object.fromEntries(records.map(({ student, gradedAt }) => [student.id, gradedAt]));
}
