import { crc32, deflateSync } from 'node:zlib';
import type { Random } from './random.ts';

/** Draws a small, valid PNG of random pixels: no two are alike, and every byte value occurs. */
export function randomPng(random: Random): Buffer {
  const side = 24 + random.integer(16);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8); // eight bits a channel, red, green and blue
  const rows = Array.from({ length: side }, () =>
    Buffer.concat([Buffer.alloc(1), random.bytes(3 * side)]),
  );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.byteLength);
  frame.writeUInt32BE(data.byteLength, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.byteLength);
  return frame;
}
