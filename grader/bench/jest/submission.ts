import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from '../../course/project.ts';

const word = randomBytes(4).toString('hex');

/** What no program can know beforehand. The secret lies beside web/. */
export const PLANTED = {
  text: { path: `web/${word}.txt`, bytes: Buffer.from('a few words\nand more\n') },
  spaced: { path: `web/${word} spaced.txt`, bytes: Buffer.from('found\n') },
  png: { path: `web/more-${word}/${word}.png`, bytes: randomBytes(3000) },
  large: { path: `web/${word}.png`, bytes: randomBytes(8 * 1024 * 1024) },
  secret: { path: `${word}.txt`, bytes: Buffer.from(`never to be shown ${word}\n`) },
};

/** Copies the worked solutions and the lab's files into a throwaway folder, and plants files. */
export function copySolutions(): string {
  const folder = mkdtempSync(join(tmpdir(), 'week02-'));
  for (const asset of ['tiny_html.html', 'web', 'athome/web']) {
    cpSync(join(PROJECT, 'labs/week02', asset), join(folder, asset), { recursive: true });
  }
  cpSync(join(PROJECT, 'solutions/week02'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  for (const { path, bytes } of Object.values(PLANTED)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

/** Removes the throwaway folder. */
export function removeCopy(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The functions that the assignment names. */
interface Functions {
  readonly okResponse: (body: string) => Buffer;
  readonly parseRequest: (request: string) => string;
  readonly resolveUri: (uri: string) => Buffer;
}

/** Imports a program for its functions. */
export async function importProgram(folder: string, stage: string): Promise<Functions> {
  const module: unknown = await import(join(folder, stage, `${stage}.ts`));
  if (hasFunctions(module)) return module;
  throw new Error(`${stage} exports no functions`);
}

function hasFunctions(module: unknown): module is Functions {
  return typeof module === 'object' && module !== null && 'okResponse' in module;
}
