import type { CliRun } from '../cli.ts';
import { expectGolden } from '../expect-golden.ts';

/**
 * Compares what a run of the command line printed with its golden text.
 *
 * @param folder the name of the submission's, which is another one each time
 */
export function compareGolden(
  name: string,
  { stdout, stderr, exitCode }: CliRun,
  folder = '',
): void {
  const parts = [stdout, ...(stderr === '' ? [] : [`\nstderr:\n${stderr}`])];
  const text = `${mask(parts.join('\n'), folder)}\n\nexit code ${String(exitCode)}\n`;
  expectGolden(`${name}.txt`, text);
}

/** Takes out what differs from run to run: seconds, sizes, ports, dates, and the submission's folder. */
export function mask(text: string, folder: string): string {
  return (folder === '' ? text : text.replaceAll(folder, '<folder>'))
    .replace(/\d+\.\d\ds\b/g, '#.##s')
    .replace(/\d+(?= MiB\s+meanwhile)/, '##')
    .replace(/(?<=port it chose, )\d+/g, '#####')
    .replace(/(?<!Content-Length: )\b(?:1[2-9]|2\d|3[01])\d{3}\b(?! bytes| were)/g, '#####')
    .replace(/\b\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT/g, 'Ddd, ## Mmm #### ##:##:## GMT');
}
