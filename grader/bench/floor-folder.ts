import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from 'oxc-transform';
import { loadLab } from '../course/load-lab.ts';
import { labFolder, solutionsFolder } from '../course/project.ts';
import type { Stage } from '../lab/check.ts';
import { seededRandom } from '../lab/random.ts';

/** Where the floor finds its programs. Who makes it removes it. */
export interface FloorFolder {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Makes ready what the floor starts from, so that none of it is counted: the worked solutions of
 * stages, with their types stripped, laid out as the grader lays out its throwaway copies.
 */
export async function makeFloorFolder(stages: readonly string[]): Promise<FloorFolder> {
  const path = mkdtempSync(join(tmpdir(), 'wiregrade-floor-'));
  const lab = await loadLab('week02');
  const chosen = lab.stages.filter(({ id }) => stages.includes(id));
  const planted = chosen.map((stage) => [stage.id, layOut(stage, path)] as const);
  writeFileSync(join(path, 'planted.json'), JSON.stringify(Object.fromEntries(planted)));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Lays out one stage, and gives the paths of its planted files by their names. */
function layOut(stage: Stage, path: string): Readonly<Record<string, string>> {
  const copy = join(path, stage.id);
  const source = join(solutionsFolder('week02'), stage.id, `${stage.id}.ts`);
  const { code } = transformSync('program.ts', readFileSync(source, 'utf8'), { lang: 'ts' });
  write(join(copy, stage.id, `${stage.id}.mjs`), code);
  for (const asset of ['tiny_html.html', 'web']) {
    cpSync(join(labFolder('week02'), asset), join(copy, asset), { recursive: true });
  }
  const planted = Object.entries(stage.plant(seededRandom(1, stage.id)));
  for (const [, file] of planted) write(join(copy, file.path), file.bytes);
  return Object.fromEntries(planted.map(([name, file]) => [name, file.path]));
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
