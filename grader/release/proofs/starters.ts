import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stage } from '../../lab/check.ts';
import { releaseLab } from '../release-lab.ts';
import { examine, type ExaminerOptions } from './examiner.ts';
import type { Proof } from './proof.ts';

/**
 * The starters as students get them: one that is given complete earns all points, any other is not
 * started. Touched, they are graded like any program; then they earn nothing, and do no harm.
 */
export function listStarters(options: ExaminerOptions): readonly Proof[] {
  const { lab } = options;
  const untouched: Proof = {
    part: 'starters',
    name: `the untouched starters of ${lab.id}`,
    expected: lab.stages.filter(({ given }) => !given).map(({ id }) => `${id}: not-started`),
    grade: (seed) =>
      examine({ make: (folder) => writeStarters(folder, options, ''), stages: [] }, seed, options),
  };
  return [untouched, ...lab.stages.filter(({ given }) => !given).map((each) => touched(each))];

  function touched(stage: Stage): Proof {
    return {
      part: 'starters',
      name: `${stage.id} the starter with a comment added`,
      expected: [],
      grade: async (seed) => {
        const make = (folder: string): void => writeStarters(folder, options, '\n// begun\n');
        const found = await examine({ make, stages: [stage.id] }, seed, options);
        // It fails as it likes, but it fails in every check, and breaks nothing.
        const told = new Set(found.map(({ line }) => line.replace(/: .*/, '')));
        const passed = stage.checks.filter(({ id }) => !told.has(`${stage.id}/${id}`));
        return [
          ...found.filter(({ line }) => line.endsWith(': broken') || !line.includes(': ')),
          ...passed.map(({ id }) => ({ line: `${stage.id}/${id}: passed` })),
        ];
      },
    };
  }
}

function writeStarters(folder: string, { lab }: ExaminerOptions, added: string): void {
  const starters = new Set(lab.stages.map(({ id }) => `labs/${lab.id}/${id}/${id}.ts`));
  for (const { path, bytes } of releaseLab(lab).filter((file) => starters.has(file.path))) {
    const file = join(folder, path.slice(`labs/${lab.id}/`.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${bytes.toString()}${added}`);
  }
}
