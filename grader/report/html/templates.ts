import ejs from 'ejs';
import { createHash } from 'node:crypto';

/** The templates of pages and texts, and the styles and scripts that pages bring along. */
export interface Templates {
  /** Fills the template of this name with what it shows. */
  readonly fill: (file: string, view: object) => string;
  /** @param name of a style and, where it has one, of a script */
  readonly inline: (name: string, options: { readonly hasScript: boolean }) => Inline;
}

/** What a page that stands alone brings along, and the policy that lets nothing else in. */
interface Inline {
  readonly style: string;
  readonly script: string;
  /** For `Content-Security-Policy`: only this very style and script, no network, no forms. */
  readonly policy: string;
}

type Fill = (view: object) => string;

/**
 * Opens templates. Each is read and compiled once, since a class has hundreds of pages.
 *
 * @param read gives the text of a file by its name, and its lines end with LF
 */
export function openTemplates(read: (file: string) => string): Templates {
  const fills = new Map<string, Fill>();
  const inlines = new Map<string, Inline>();
  return {
    fill: (file, view) => {
      // With the name `view`, and without `with`, a field that is not there is an error.
      const fill = fills.get(file) ?? ejs.compile(read(file), { strict: true, localsName: 'view' });
      fills.set(file, fill);
      return fill(view);
    },
    inline: (name, { hasScript }) => {
      const inline = inlines.get(name) ?? makeInline(name, hasScript ? read(`${name}.js`) : '');
      inlines.set(name, inline);
      return inline;
    },
  };

  function makeInline(name: string, script: string): Inline {
    const style = `${read('page.css')}${read(`${name}.css`)}`;
    const policy = [
      "default-src 'none'",
      `style-src ${hashOf(style)}`,
      `script-src ${script === '' ? "'none'" : hashOf(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');
    return { style, script, policy };
  }
}

/** As the browser hashes it: what stands between the tags, and each line ends with LF there. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
