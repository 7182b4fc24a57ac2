import { Option } from 'commander';
import { DEFAULT_IMAGE } from './default-image.ts';

/** The option that names the image of containers. */
export function imageOption(): Option {
  return new Option('--image <name>', 'with --sandbox docker: the image of its containers').default(
    DEFAULT_IMAGE,
  );
}
