// `npx tsx grader/testing/readers/write-reports.ts FOLDER`: writes what a student sees of every mutant
// of week02, in an order of its own, and beside it which is which. A reader who has seen neither the
// programs nor that key is to name the cause of each; what came of it is in the README here.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { loadProofs } from '../../course/load-proofs.ts';
import { loadLab } from '../../course/load-lab.ts';
import { composeResult } from '../../grade/compose-result.ts';
import { seededRandom } from '../../lab/random.ts';
import type { Mutant } from '../../lab/proofs.ts';
import { makeVariant } from '../../release/proofs/make-variant.ts';
import type { TerminalOptions } from '../../report/terminal-options.ts';
import { DRAWN, renderAll } from '../../report/voice.ts';
import { gradeTest } from '../grade.ts';

const OPTIONS: TerminalOptions = {
  ...{ color: false, width: 80, detail: 'first', goOn: 'npm run next week02' },
  again: ({ stage = '' }) => `npm run grade week02 ${stage}`.trim(),
  hint: () => 'npm run hint week02',
  replay: (check) => `npm run replay week02 ${check}`,
};

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('name a folder for the reports');
await writeReports(target);

async function writeReports(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const proofs = await loadProofs('week02');
  const mutants = shuffle(proofs?.mutants ?? []);
  const atOnce = pLimit(4);
  await Promise.all(
    mutants.map((mutant, index) =>
      atOnce(async () => {
        const name = String(index + 1).padStart(3, '0');
        writeFileSync(join(folder, `${name}.txt`), await reportOn(mutant));
      }),
    ),
  );
  const key = mutants.map(({ stage, name, fails, code }) => ({ stage, name, fails, code }));
  writeFileSync(join(folder, 'key.json'), `${JSON.stringify(key, undefined, 2)}\n`);
}

/** As `npm run grade week02 STAGE` prints it. */
async function reportOn(mutant: Mutant): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), 'reader-'));
  try {
    makeVariant('week02', mutant, work);
    const startedAt = new Date(0);
    const stages = await gradeTest(work, [mutant.stage], { seed: 1, traced: 'first' });
    const result = composeResult(stages, {
      ...{ lab: await loadLab('week02'), seed: 1, startedAt, durationMs: 0, sandbox: 'none' },
      submission: { id: 'work', path: 'labs/week02' },
    });
    return renderAll(DRAWN, result, OPTIONS);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function shuffle(mutants: readonly Mutant[]): readonly Mutant[] {
  const random = seededRandom(1, 'readers');
  return mutants
    .map((mutant) => ({ mutant, place: random.integer(2 ** 31) }))
    .sort((a, b) => a.place - b.place)
    .map(({ mutant }) => mutant);
}
