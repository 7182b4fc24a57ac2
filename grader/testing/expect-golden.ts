import { expect } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'golden');

/**
 * Compares a text with the one that is kept. With UPDATE_GOLDENS=1 it is written anew instead; read
 * the difference before you commit it.
 *
 * @param name its file, in `testing/golden`
 */
export function expectGolden(name: string, text: string): void {
  const file = join(FOLDER, name);
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `no golden text in ${file}`);
}
