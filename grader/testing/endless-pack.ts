import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers as a git server whose one pack holds one file, and that file has no end. */
export function answerWithoutEnd(request: IncomingMessage, response: ServerResponse): void {
  const isListing = request.method === 'GET';
  const what = isListing ? 'advertisement' : 'result';
  response.setHeader('content-type', `application/x-git-upload-pack-${what}`);
  if (isListing) {
    const commit = '1'.repeat(40);
    response.write(`${packet('# service=git-upload-pack\n')}0000`);
    response.write(packet(`${commit} HEAD\0side-band-64k symref=HEAD:refs/heads/main\n`));
    response.end(`${packet(`${commit} refs/heads/main\n`)}0000`);
    return;
  }
  request.resume();
  response.write(packet('NAK\n'));
  response.write(band(Buffer.concat([PACK_OF_ONE, BLOB_OF_16_GIB, ZLIB])));
  const send = (): void => {
    while (!response.destroyed && response.write(band(STORED)));
  };
  response.on('drain', send);
  send();
}

const PACK_OF_ONE = Buffer.from('PACK\0\0\0\x02\0\0\0\x01', 'latin1');
/** Its kind and the lowest 4 bits of its size, then 7 bits each. */
const BLOB_OF_16_GIB = Buffer.from([0xb0, 0x80, 0x80, 0x80, 0x80, 0x04]);
const ZLIB = Buffer.from([0x78, 0x01]);
/** A block of deflate that is not the last, and holds its bytes as they are. */
const STORED = Buffer.concat([Buffer.from([0, 0, 0x80, 0xff, 0x7f]), Buffer.alloc(0x8000, 'x')]);

function packet(text: string): string {
  return (text.length + 4).toString(16).padStart(4, '0') + text;
}

function band(bytes: Buffer): Buffer {
  const length = (bytes.length + 5).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(`${length}\x01`), bytes]);
}
