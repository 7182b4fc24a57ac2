import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { solutionsFolder } from '../course/project.ts';

/** A class of students who all handed in the worked solutions of some stages. */
export interface ClassFolder {
  readonly path: string;
  readonly remove: () => void;
}

export function makeClassFolder(students: number, stages: readonly string[]): ClassFolder {
  const path = mkdtempSync(join(tmpdir(), 'bench-class-'));
  for (let student = 1; student <= students; student += 1) {
    const folder = join(path, `student-${String(student).padStart(4, '0')}`);
    mkdirSync(folder);
    for (const stage of stages) {
      cpSync(join(solutionsFolder('week02'), stage), join(folder, stage), { recursive: true });
    }
  }
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
