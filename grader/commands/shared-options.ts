import { Option } from 'commander';
import { DEFAULT_IMAGE } from './default-image.ts';

/** An option that may be given several times. @param otherwise what is meant without it, for the help */
export function repeatable(flags: string, description: string, otherwise: string): Option {
  return new Option(flags, description).argParser(collect).default([], otherwise);
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** What programs of an extension are run by. */
export function runtimeOption(): Option {
  const description = 'run programs of an extension by a command';
  return repeatable('--runtime <ext=cmd>', description, 'node, python3, sh');
}

/** What the programs of strangers run in. @param description of it, where it is one program */
export function sandboxOption(description = 'what the programs run in'): Option {
  return new Option('--sandbox <kind>', description)
    .choices(['bwrap', 'docker', 'none'])
    .default('bwrap');
}

/** The image of containers. */
export function imageOption(): Option {
  const description = 'with --sandbox docker: the image of its containers';
  return new Option('--image <name>', description).default(DEFAULT_IMAGE);
}
