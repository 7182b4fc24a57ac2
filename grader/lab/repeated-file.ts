import type { PlantedFile } from './context.ts';

/**
 * Makes a large file of one block, over and over. It takes no more memory than the block, until somebody
 * asks for all of its bytes: a file that came whole is never made here.
 *
 * @param path as of any planted file
 * @param size of the file, in bytes
 */
export function repeatedFile(path: string, block: Buffer, size: number): PlantedFile {
  let whole: Buffer | undefined;
  const { byteLength } = block;
  return {
    path,
    get bytes() {
      return (whole ??= Buffer.alloc(size, block));
    },
    pieces: Array.from({ length: Math.ceil(size / byteLength) }, (_, index) =>
      block.subarray(0, size - index * byteLength),
    ),
  };
}
