import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** A cell's first process, by its number in our own namespace, and the namespace of its processes. */
export interface FirstProcess {
  readonly pid: number;
  /** As `/proc/PID/ns/pid` names it. */
  readonly namespace: string;
}

/** Reads what bubblewrap tells by `--info-fd`. */
export async function readFirstProcess(info: Readable): Promise<FirstProcess | undefined> {
  const told = await text(info);
  if (told === '') return undefined;
  const record = JSON.parse(told) as Readonly<Record<string, number>>;
  const pid = record['child-pid'];
  if (pid === undefined) return undefined;
  return { pid, namespace: `pid:[${String(record['pid-namespace'])}]` };
}
