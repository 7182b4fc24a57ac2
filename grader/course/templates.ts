import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTemplates } from '../report/html/templates.ts';
import { PROJECT } from './project.ts';

/** Those in `templates/`. */
export const TEMPLATES = openTemplates((file) =>
  readFileSync(join(PROJECT, 'templates', file), 'utf8').replaceAll('\r\n', '\n'),
);
