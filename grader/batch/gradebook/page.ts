import ejs from 'ejs';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../course/project.ts';

type Fill = (view: object) => string;

const templates = new Map<string, Fill>();

/** Fills a template of `templates/`. Each is read and compiled once, since a class has hundreds. */
export function fillTemplate(file: string, view: object): string {
  let fill = templates.get(file);
  if (!fill) {
    // With the name `view`, and without `with`, a field that is not there is an error.
    fill = ejs.compile(readTemplate(file), { strict: true, localsName: 'view' });
    templates.set(file, fill);
  }
  return fill(view);
}

/** What a page that stands alone brings along, and the policy that lets nothing else in. */
export interface Inline {
  readonly style: string;
  readonly script: string;
  /** For `Content-Security-Policy`: only this very style and script, no network, no forms. */
  readonly policy: string;
}

/** @param name of a style and, where it has one, of a script in `templates/` */
export function inlineFiles(name: string, { hasScript }: { readonly hasScript: boolean }): Inline {
  const style = `${readTemplate('page.css')}${readTemplate(`${name}.css`)}`;
  const script = hasScript ? readTemplate(`${name}.js`) : '';
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hasScript ? hashOf(script) : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { style, script, policy };
}

/** As the browser hashes it: what stands between the tags, and each line ends with LF there. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function readTemplate(file: string): string {
  return readFileSync(join(PROJECT, 'templates', file), 'utf8').replaceAll('\r\n', '\n');
}
