import { printText } from '../model/bytes.ts';
import { quoteForShell } from '../model/quote-for-shell.ts';
import type { Choice } from './grade-asked.ts';
import type { Console } from './console.ts';
import { DEFAULT_IMAGE } from './default-image.ts';

/** A command to be typed: its words, and its options, which go behind the `--` of npm. */
export interface Typed {
  readonly command: string;
  readonly words: readonly string[];
  readonly options: readonly string[];
}

/** Writes a command as a user types it here, be it behind `npm run` or not. */
export function typeCommand(
  { command, words, options }: Typed,
  { underNpm }: Pick<Console, 'underNpm'>,
): string {
  const dashes = underNpm && options.length > 0 ? ['--'] : [];
  const start = underNpm ? 'npm run' : 'npx wiregrade';
  return printText([start, command, ...words, ...dashes, ...options].join(' '));
}

/** The options that choose what is graded and how, to be typed again. */
export function repeatChoice(choice: Choice): string[] {
  const { url, web, ports, sandbox, image } = choice;
  return [
    ...repeatSubmission(choice),
    ...(url === undefined ? [] : ['--url', quoteForShell(url)]),
    ...(web === undefined ? [] : ['--web', quoteForShell(web)]),
    ...(ports === undefined ? [] : ['--ports', ports]),
    ...(sandbox === 'none' ? [] : ['--sandbox', sandbox]),
    ...(image === DEFAULT_IMAGE ? [] : ['--image', quoteForShell(image)]),
  ];
}

/** Those that choose a submission, and how its programs are run. */
export function repeatSubmission({
  from,
  solutions,
  runtime,
}: Pick<Choice, 'from' | 'solutions' | 'runtime'>): string[] {
  return [
    ...(from === undefined ? [] : ['--from', quoteForShell(from)]),
    ...(solutions === true ? ['--solutions'] : []),
    ...runtime.flatMap((each) => ['--runtime', quoteForShell(each)]),
  ];
}
