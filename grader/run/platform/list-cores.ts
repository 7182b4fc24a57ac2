import { readOrEmpty } from './read-proc.ts';

/** The numbers of the cores that this process may use; none where the system does not tell. */
export function listCores(): readonly number[] {
  const status = readOrEmpty('/proc/self/status');
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status) ?? [];
  return list
    .split(',')
    .filter((range) => range !== '')
    .flatMap(listRange);
}

/** @param range `4` or `4-7` */
function listRange(range: string): readonly number[] {
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
