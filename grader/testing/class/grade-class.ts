import { parse } from 'csv-parse/sync';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli, type CliRun } from '../cli.ts';
import type { GradebookRow } from './expected-row.ts';
import { CUT_OFF } from './list-histories.ts';
import type { MadeClass } from './made-class.ts';
import { parseRows } from './rows-parser.ts';
import { LAB } from './works.ts';

/** Where a class is graded: a folder for the grades, and one for temporary files. */
export interface Grading {
  readonly out: string;
  readonly temporary: string;
  /** Starts `npm run batch` there, to be signalled. */
  readonly start: (...options: readonly string[]) => ReturnType<typeof startCli>;
  readonly run: (...options: readonly string[]) => Promise<CliRun>;
  /** The rows of the gradebook. */
  readonly rows: () => readonly GradebookRow[];
  readonly remove: () => void;
}

/** Makes a place to grade a class in. Who makes it removes it. */
export function makeGrading({ roster, course }: Pick<MadeClass, 'roster' | 'course'>): Grading {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'grading-')));
  const out = join(folder, 'grades');
  // Shallow, and open to the users that the cells belong to.
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'grading-tmp-')));
  chmodSync(temporary, 0o711);
  const start: Grading['start'] = (...options) => {
    const named = ['--roster', roster, '--course', course, '--deadline', CUT_OFF, '--out', out];
    return startCli(['batch', LAB, ...named, ...options], { env: { TMPDIR: temporary } });
  };
  return {
    ...{ out, temporary, start },
    run: async (...options) => {
      const { exitCode, stdout, stderr } = await start(...options);
      return { exitCode, stdout, stderr };
    },
    rows: () =>
      parseRows(parse(readFileSync(join(out, 'gradebook.csv')), { bom: true, columns: true })),
    remove: () => {
      for (const each of [folder, temporary]) rmSync(each, { recursive: true, force: true });
    },
  };
}
