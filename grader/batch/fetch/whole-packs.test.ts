import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { fetchFork, type Fetched, type ForkRequest } from './fetch-fork.ts';
import { MadeRepository } from './made-repository.ts';

let repository: MadeRepository;
let cache: string;
beforeEach(() => {
  repository = new MadeRepository();
  cache = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(() => {
  repository.remove();
  rmSync(cache, { recursive: true, force: true });
});

function take(request: Partial<ForkRequest> = {}): Promise<Fetched> {
  const signal = new AbortController().signal;
  return fetchFork({
    repo: repository.folder,
    cache,
    environment: ENVIRONMENT,
    signal,
    ...request,
  });
}

/** Where the one repository of the cache is. */
function cached(): string {
  const [name = '', ...others] = readdirSync(cache);
  expect(others).toEqual([]);
  return join(cache, name);
}

describe('a damaged cache is thrown away, and cloned once more', () => {
  test.each<readonly [string, (folder: string) => void]>([
    ['a cut pack', (folder) => truncateSync(packOf(folder, 'pack'), 40)],
    ['a byte of a pack', (folder) => flipByte(packOf(folder, 'pack'), 20)],
    // Of a file's contents, which git does not look at until it is asked for them.
    ['a byte in the middle', (folder) => flipByte(packOf(folder, 'pack'), 20_000)],
    ['an empty index', (folder) => truncateSync(packOf(folder, 'idx'), 0)],
    ['no index', (folder) => rmSync(packOf(folder, 'idx'))],
    ['no objects', (folder) => rmSync(join(folder, 'objects'), { recursive: true })],
    ['no HEAD', (folder) => rmSync(join(folder, 'HEAD'))],
    ['an odd config', (folder) => writeFileSync(join(folder, 'config'), '[core\n\0')],
    [
      'a file in its place',
      (folder) => {
        rmSync(folder, { recursive: true });
        writeFileSync(folder, '');
      },
    ],
  ])('%s', async (_, damage) => {
    const commit = repository.commit({ a: randomBytes(40_000) });
    await take();
    damage(cached());
    expect(await take()).toMatchObject({ status: 'fetched', commit });
    repository.git(['--git-dir', cached(), 'fsck', '--strict']);
  });

  test('and half a clone of an earlier run is no cache', async () => {
    const commit = repository.commit({ a: '1' });
    await take();
    const half = `${cached()}.new`;
    rmSync(cached(), { recursive: true });
    writeFileSync(half, 'half');
    expect(await take()).toMatchObject({ commit });
    expect(existsSync(half)).toBe(false);
  });
});

function packOf(folder: string, ending: string): string {
  const packFolder = join(folder, 'objects/pack');
  const name = readdirSync(packFolder).find((found) => found.endsWith(`.${ending}`)) ?? '';
  const file = join(packFolder, name);
  // Git makes them read-only.
  const bytes = readFileSync(file);
  rmSync(file);
  writeFileSync(file, bytes);
  return file;
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8((bytes[at] ?? 0) ^ 0xff, at);
  writeFileSync(file, bytes);
}
