import { UsageError } from '../model/errors.ts';

const BEGIN = /^\s*\/\/ #solution (\S.*)$/;
const MORE = /^\s*\/\/ #solution {3}(\S.*)$/;
const END = /^\s*\/\/ #end$/;

/**
 * Makes a starter from a worked solution: each region `// #solution TEXT` to `// #end` becomes the
 * comment `// TODO: TEXT`.
 *
 * @param name of the solution, for the report of a region that does not end
 * @throws UsageError where the regions do not pair up
 */
export function makeStarter(solution: string, name: string): string {
  const kept: string[] = [];
  let within = false;
  let described = false;
  for (const line of solution.split('\n')) {
    const more = MORE.exec(line)?.[1];
    const begin = more === undefined ? BEGIN.exec(line)?.[1] : undefined;
    if (begin !== undefined && !within) {
      kept.push(`// TODO: ${begin}`);
      [within, described] = [true, false];
    } else if (begin !== undefined) {
      throw new UsageError(`${name} begins a region before the one before it ends; write // #end.`);
    } else if (more !== undefined && within && !described) {
      kept.push(`//   ${more}`);
    } else if (END.test(line)) {
      if (!within)
        throw new UsageError(`${name} ends a region that does not begin; delete // #end.`);
      within = false;
    } else if (within) {
      described = true;
    } else {
      kept.push(line);
    }
  }
  if (within) throw new UsageError(`${name} has a region that does not end; write // #end.`);
  return `${kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}
