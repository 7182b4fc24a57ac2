import { resolve } from 'node:path';
import { quote } from './faults.ts';

export type Checked<Value> = { readonly value: Value } | { readonly fault: string };

/**
 * Reads where a repository is: an https:// address or a local path, and nothing else that git would
 * understand. `ext::` runs a command, ssh would ask for a key, http is read by anyone on the way.
 *
 * @param base what a relative path starts from
 */
export function checkRepo(repo: string, base: string): Checked<string> {
  const shown = quote(repo);
  if (repo === '') return { fault: 'the repo is empty; give an https:// address or a local path.' };
  if (/\p{Cc}/u.test(repo)) return { fault: `the repo ${shown} holds a control character.` };
  if (/^https:/i.test(repo)) return checkAddress(repo);
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(repo) ?? [];
  if (scheme !== '') {
    return {
      fault: `the repo ${shown} uses ${scheme}://; only https:// and local paths are taken.`,
    };
  }
  // Git takes what stands before a colon for a host or a helper, unless a slash comes first.
  if (/^[^/\\]*:(?![/\\])/.test(repo) || /^[^/\\]*@[^/\\]*:/.test(repo)) {
    return { fault: `the repo ${shown} is an ssh address; write it as https://HOST/OWNER/REPO.` };
  }
  return repo.startsWith('-')
    ? { fault: `the repo ${shown} begins with a dash; write ./${repo} if it is a folder.` }
    : { value: resolve(base, repo) };
}

function checkAddress(repo: string): Checked<string> {
  const shown = quote(repo.replace(/\/\/[^/@]*@/, '//...@'));
  const url = URL.canParse(repo) ? new URL(repo) : undefined;
  if (!url || !/^https:\/\/[^/]/i.test(repo) || /[\s\\]/.test(repo)) {
    return { fault: `the repo ${shown} is no address; write it as https://HOST/OWNER/REPO.` };
  }
  if (url.username !== '' || url.password !== '') {
    // A secret in a roster ends up in records and feedback.
    return { fault: `the repo ${shown} holds a user name or a password; take it out.` };
  }
  if (url.search !== '' || url.hash !== '') {
    return { fault: `the repo ${shown} goes on after ? or #; end it with the repository's name.` };
  }
  return url.pathname === '/'
    ? { fault: `the repo ${shown} names a host but no repository.` }
    : { value: url.href };
}

/** A key that is the same for two ways to write one repository. */
export function repoKey(repo: string): string {
  const plain = repo.replace(/\/+$/, '').replace(/\.git$/i, '');
  return /^https:\/\/github\.com\//i.test(plain) ? plain.toLowerCase() : plain;
}

/** What is wrong with a ref; undefined where nothing is. Git's own rules, and no leading dash. */
export function faultOfRef(ref: string): string | undefined {
  const wrong = /^[-/+]|\.\.|@\{|[\s\p{Cc}~^:?*[\\]|\/$|\.lock$|\/\//u.test(ref);
  return wrong ? `the ref ${quote(ref)} cannot name a branch, a tag or a commit.` : undefined;
}

/** Reads the path of a folder within a repository. An empty one names the top. */
export function checkPath(path: string): Checked<string> {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const leadsOut = path.startsWith('/') || /^[a-z]:/i.test(path) || names.includes('..');
  if (leadsOut) return { fault: `the path ${quote(path)} leads out of the repository.` };
  const odd = names.some((name) => /^-|[\\\p{Cc}]/u.test(name) || /^\.git$/i.test(name));
  return odd
    ? { fault: `the path ${quote(path)} is none of a lab's folder; write it as labs/week02.` }
    : { value: names.join('/') };
}
