import { WorkRefused } from './work-refused.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the bytes of a name. @throws WorkRefused where they are no UTF-8 */
export function readName(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    const shown = Buffer.from(bytes)
      .toString('latin1')
      .replace(/[^ -~]/g, '?')
      .slice(0, 120);
    throw new WorkRefused(`a file's name is not in UTF-8 (${shown}); rename it`, { cause: error });
  }
}
