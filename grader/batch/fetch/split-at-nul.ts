import type { Readable } from 'node:stream';

/** Cuts what git prints with `-z` into records. What comes behind the last NUL is none. */
export async function* splitAtNul(stream: Readable): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream of bytes gave a text');
    const bytes = Buffer.concat([held, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
      yield bytes.subarray(from, end);
      from = end + 1;
    }
    held = bytes.subarray(from);
  }
}
