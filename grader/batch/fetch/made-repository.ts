import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A commit of a test. */
export interface CommitOptions {
  /** ISO 8601; of the committer. */
  readonly at?: string;
  /** ISO 8601; the committer's where it is left out. */
  readonly authoredAt?: string;
}

/** An entry of a tree, as git has them and no file system might. */
export interface OddEntry {
  readonly mode: string;
  readonly name: string | Buffer;
  /** Of a file, or where a link leads. */
  readonly content?: string;
  /** Of what is no file. */
  readonly object?: string;
}

/** A git repository of a test, made by git itself. Who makes it removes it. */
export class MadeRepository {
  readonly folder: string;

  constructor(...options: readonly string[]) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'repository-')));
    this.git(['init', '--quiet', '--initial-branch=main', ...options]);
  }

  /** Runs git in it. @returns what it printed, without the line end */
  git(args: readonly string[], input: string | Buffer = '', env: NodeJS.ProcessEnv = {}): string {
    const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
    const all = [
      'env',
      ...ALONE,
      ...Object.entries(env).map(([name, value]) => `${name}=${String(value)}`),
    ];
    const [command = '', ...rest] = [...all, 'git', ...identity, ...args];
    return execFileSync(command, rest, {
      cwd: this.folder,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 60_000,
    })
      .toString()
      .trimEnd();
  }

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
  }

  /** Commits files over those that are there. @returns the commit */
  commit(
    files: Readonly<Record<string, string | Buffer>>,
    { at = '2026-09-01T12:00:00Z', authoredAt = at }: CommitOptions = {},
  ): string {
    this.write(files);
    this.git(['add', '--all', '--force']);
    this.git(['commit', '--quiet', '--allow-empty', '--message', 'work'], '', {
      GIT_COMMITTER_DATE: at,
      GIT_AUTHOR_DATE: authoredAt,
    });
    return this.git(['rev-parse', 'HEAD']);
  }

  /** Makes a tree. @returns its object */
  tree(entries: readonly OddEntry[]): string {
    const lines = entries.map(({ mode, name, content, object }) => {
      const id = object ?? this.git(['hash-object', '-w', '--stdin', '--literally'], content);
      const type = { '040000': 'tree', '160000': 'commit' }[mode] ?? 'blob';
      return Buffer.concat([Buffer.from(`${mode} ${type} ${id}\t`), Buffer.from(name), NUL]);
    });
    return this.git(['mktree', '-z', '--missing'], Buffer.concat(lines));
  }

  /** Commits a tree as it is. @returns the commit */
  commitTree(tree: string): string {
    const commit = this.git(['commit-tree', '-m', 'odd', tree]);
    this.git(['update-ref', 'refs/heads/main', commit]);
    return commit;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The settings of whoever runs the tests have no part in them. */
const ALONE = ['GIT_CONFIG_GLOBAL=/dev/null', 'GIT_CONFIG_NOSYSTEM=1'];

const NUL = Buffer.from([0]);
