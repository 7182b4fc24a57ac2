// Writes the class of 60 into a folder, to be graded by hand, and the gradebook that it must get:
//   npx tsx grader/testing/class/write-class.ts DIR
//   npm run batch week02 -- --roster DIR/roster.csv --course DIR/course.yaml --out DIR/grades
import { stringify } from 'csv-stringify/sync';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listClass } from './list-class.ts';
import { CUT_OFF } from './list-histories.ts';
import { makeClass } from './made-class.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npx tsx grader/testing/class/write-class.ts DIR');
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  const { rows, roster, course } = makeClass(await listClass(), realpathSync(folder));
  const expected = join(folder, 'expected.csv');
  writeFileSync(expected, stringify([...rows], { header: true }));
  console.log(`${String(rows.length)} students: --roster ${roster} --course ${course}`);
  console.log(`--deadline ${CUT_OFF} must give ${expected}`);
}
