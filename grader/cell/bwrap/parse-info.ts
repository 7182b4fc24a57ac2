import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FirstProcess } from '../hold/cell-processes.ts';

/** Reads what bubblewrap tells by `--info-fd`. */
export async function readFirstProcess(info: Readable): Promise<FirstProcess | undefined> {
  const told = await text(info);
  if (told === '') return undefined;
  const record = JSON.parse(told) as Readonly<Record<string, number>>;
  const pid = record['child-pid'];
  if (pid === undefined) return undefined;
  return { pid, namespace: `pid:[${String(record['pid-namespace'])}]`, isShell: false };
}
