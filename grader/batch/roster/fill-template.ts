import { UsageError } from '../../model/errors.ts';
import type { Checked } from './check-repo.ts';
import type { Row } from './headers.ts';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/**
 * Makes the function that names a row's repository, such as
 * `https://github.com/org/week02-{github_username}`.
 *
 * @param columns those of the roster, in lower case
 * @throws UsageError where the template names none of them, or one that is not there
 */
export function readTemplate(
  template: string,
  columns: readonly string[],
): (row: Row) => Checked<string> {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name.toLowerCase());
  const unknown = names.find((name) => !columns.includes(name));
  const known = columns.filter((name) => name !== '').map((name) => `{${name}}`);
  const broken = /[{}]/.test(template.replace(PLACEHOLDER, ''));
  if (names.length === 0 || broken || unknown !== undefined) {
    const reason = unknown === undefined ? 'names no column' : `names {${unknown}}`;
    throw new UsageError(
      `--repo-template ${template} ${reason}; the columns of this roster are ${known.join(', ')}.`,
    );
  }
  const isAddress = /^https:/i.test(template);
  return (row) => {
    const empty = names.find((name) => row(name) === '');
    if (empty !== undefined) {
      return { fault: `${empty} is empty, so --repo-template names no repository.` };
    }
    const upwards = names.find((name) => /^\.+$|[/\\]/.test(row(name)));
    if (upwards !== undefined && !isAddress) {
      return { fault: `${upwards} holds a path, so --repo-template would lead elsewhere.` };
    }
    const fill = (_: string, name: string): string => {
      const text = row(name.toLowerCase());
      return isAddress ? encodeURIComponent(text) : text;
    };
    return { value: template.replace(PLACEHOLDER, fill) };
  };
}
