import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The SHA-1 of all that comes before it ends a pack and its index. */
const CHECKSUM_BYTES = 20;

/**
 * Whether what an earlier run fetched is there to the last byte. Git itself would find damage only
 * when it comes across it, and a repository is grown by every run.
 */
export async function hasWholePacks(repository: string): Promise<boolean> {
  const folder = join(repository, 'objects/pack');
  try {
    const names = (await readdir(folder)).filter((name) => /\.(?:pack|idx)$/.test(name));
    const packs = names.filter((name) => name.endsWith('.pack'));
    const indexed = packs.every((name) => names.includes(name.replace(/pack$/, 'idx')));
    if (!indexed) return false;
    for (const name of names) if (!(await endsInItsChecksum(join(folder, name)))) return false;
    return true;
  } catch {
    return false; // what cannot be read is fetched once more, and then the reason is told
  }
}

async function endsInItsChecksum(file: string): Promise<boolean> {
  const hash = createHash('sha1');
  let held = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream of bytes gave a text');
    const bytes = Buffer.concat([held, chunk]);
    hash.update(bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_BYTES)));
    held = bytes.subarray(-CHECKSUM_BYTES);
  }
  return hash.digest().equals(held);
}
