import { CsvError, parse } from 'csv-parse/sync';
import { UsageError } from '../../model/errors.ts';

/** A record of a CSV file, and the line that it begins on. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Reads CSV as spreadsheets write it: with or without a BOM, CRLF or LF, quoted cells, and the
 * semicolons or tabs that a spreadsheet uses where the comma is a decimal sign.
 *
 * @param file as the user named it
 * @throws UsageError where it is no UTF-8, or a quote is wrong
 */
export function parseCsv(bytes: Uint8Array, file: string): readonly CsvRecord[] {
  const text = decode(bytes, file);
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      delimiter: delimiterOf(text),
    }) as unknown as readonly { readonly record: string[]; readonly info: { lines: number } }[];
    return records.map(({ record, info }) => ({
      cells: record,
      line: info.lines - linesWithin(record),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error ? `, line ${String(error.lines)}` : '';
    throw new UsageError(`${file}${line}: ${REASONS[error.code] ?? 'this is no CSV'}.`, {
      cause: error,
    });
  }
}

const REASONS: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell does not end; close its quote',
  INVALID_OPENING_QUOTE: 'a quote stands within a cell; put quotes around the cell and double it',
  CSV_INVALID_CLOSING_QUOTE: 'a cell goes on after its quote; put the quote at its end',
};

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`${file} is not in UTF-8; save it as "CSV UTF-8".`, { cause: error });
  }
}

function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split(/\r?\n/, 1);
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

function linesWithin(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split(/\r\n|\r|\n/).length - 1, 0);
}
