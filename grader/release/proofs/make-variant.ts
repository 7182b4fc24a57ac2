import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { solutionsFolder } from '../../course/project.ts';
import type { Edit, Variant } from '../../lab/proofs.ts';
import { UsageError } from '../../model/errors.ts';

/**
 * Writes the submission that a variant stands for into an empty folder.
 *
 * @param lab its id
 * @throws UsageError where an edit does not apply any more, or a file is missing
 */
export function makeVariant(lab: string, variant: Variant, folder: string): void {
  const { stage, program, edit = [], files = {} } = variant;
  const solutions = solutionsFolder(lab);
  const worked = join(folder, stage, `${stage}.ts`);
  const source = join(solutions, program === undefined ? '' : 'proofs/programs', program ?? '');
  for (const needed of [join(solutions, stage, `${stage}.ts`), source]) {
    if (!existsSync(needed)) throw new UsageError(`it is made from ${needed}, which is not there`);
  }
  cpSync(join(solutions, stage), join(folder, stage), { recursive: true });
  const text = readFileSync(worked, 'utf8');
  const at = join(folder, variant.at ?? placeOf(variant));
  mkdirSync(dirname(at), { recursive: true });
  if (program === undefined) {
    if (at !== worked) rmSync(worked);
    writeFileSync(at, edit.reduce(applyEdit, text));
  } else {
    rmSync(worked);
    cpSync(source, at);
  }
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
  }
}

function placeOf({ stage, program = '.ts' }: Variant): string {
  return `${stage}/${stage}${extname(basename(program)) || extname(`x${basename(program)}`)}`;
}

/** @throws UsageError where the text to be found does not stand there exactly once */
function applyEdit(text: string, [find, replace]: Edit): string {
  const places = text.split(find).length - 1;
  if (places === 1) return text.replace(find, () => replace);
  throw new UsageError(
    `the edit of ${String(find)} does not apply: it stands there ${String(places)} times, not once`,
  );
}
