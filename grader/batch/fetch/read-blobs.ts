import type { Readable, Writable } from 'node:stream';
import { MachineFault } from '../../model/errors.ts';
import type { CommitCall } from './list-tree.ts';
import { runGit } from './run-git.ts';
import type { WorkFile } from './work-file.ts';

/** The bytes of one file, as they come. */
export type Bytes = AsyncIterable<Buffer>;

/**
 * Reads files out of git's objects, one after the other, as they were committed: no filter, no line
 * ending and no large-file pointer is worked on.
 *
 * @param take must read all the bytes that it is given
 */
export async function readBlobs(
  { repository, environment, signal }: CommitCall,
  files: readonly WorkFile<string>[],
  take: (file: WorkFile<string>, bytes: Bytes) => Promise<void>,
): Promise<void> {
  const { code, stderr } = await runGit({
    args: [`--git-dir=${repository}`, 'cat-file', '--batch'],
    environment,
    signal,
    converse: async ({ stdin, stdout }) => {
      await takeEach({ stdin, stdout: new ByteReader(stdout) }, files, take);
      stdin.end();
    },
  });
  if (code !== 0) throw new MachineFault(`git could not read the files: ${stderr.trim()}`);
}

async function takeEach(
  { stdin, stdout }: { readonly stdin: Writable; readonly stdout: ByteReader },
  files: readonly WorkFile<string>[],
  take: (file: WorkFile<string>, bytes: Bytes) => Promise<void>,
): Promise<void> {
  for (const file of files) {
    stdin.write(`${file.source}\n`);
    const head = await stdout.line();
    const [, type, size] = head.split(' ');
    if (type !== 'blob' || Number(size) !== file.size) {
      throw new MachineFault(`git could not read ${JSON.stringify(file.path)}: ${head}`);
    }
    await take(file, stdout.bytes(file.size));
    await stdout.line(); // git ends every object with a line end
  }
}

/** Takes lines and counted bytes from a stream. */
class ByteReader {
  readonly #chunks: AsyncIterator<unknown, undefined>;
  #held: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    let end = this.#held.indexOf('\n');
    while (end < 0) {
      this.#held = Buffer.concat([this.#held, await this.#next()]);
      end = this.#held.indexOf('\n');
    }
    const line = this.#held.toString('latin1', 0, end);
    this.#held = this.#held.subarray(end + 1);
    return line;
  }

  async *bytes(count: number): Bytes {
    for (let left = count; left > 0;) {
      if (this.#held.length === 0) this.#held = await this.#next();
      const bytes = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(bytes.length);
      left -= bytes.length;
      yield bytes;
    }
  }

  async #next(): Promise<Buffer> {
    const next = await this.#chunks.next();
    if (next.done === true || !Buffer.isBuffer(next.value)) {
      throw new MachineFault('git ended before it had given all files');
    }
    return next.value;
  }
}
