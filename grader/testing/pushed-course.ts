import { execa } from 'execa';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { ENVIRONMENT, runCli, type CliRun } from './cli.ts';
import { makeCourse, type TestCourse } from './course.ts';

/** What a pusher of a course commits: it is right in the beginning. */
export const STAGE = 'labs/week02/echo_server/echo_server.ts';
export const WRONG = 'process.exit(1);\n';

interface GitRun {
  readonly exitCode: number | undefined;
  /** What it printed, its hooks included. */
  readonly output: string;
}

/** A course in a repository whose remote takes what is pushed. */
export class PushedCourse {
  readonly course: TestCourse = makeCourse();
  #scratch = '';

  /** Begins anew, with the course committed and pushed. */
  async reset(): Promise<void> {
    const { folder } = this.course;
    this.#scratch = realpathSync(mkdtempSync(join(tmpdir(), 'push-')));
    rmSync(join(folder, '.git'), { recursive: true, force: true });
    cpSync(join(PROJECT, STAGE), join(folder, STAGE));
    await this.git('init', '--quiet', '--initial-branch=main');
    await this.git('init', '--quiet', '--bare', '--initial-branch=main', this.remote);
    await this.git('remote', 'add', 'origin', this.remote);
    await this.commit('the course');
    await this.git('push', '--quiet', 'origin', 'main');
  }

  /** The home of whoever pushes, until it is cleared. */
  get scratch(): string {
    return this.#scratch;
  }

  get remote(): string {
    return join(this.#scratch, 'remote.git');
  }

  get environment(): Readonly<Record<string, string | undefined>> {
    return {
      PATH: ENVIRONMENT.PATH,
      HOME: this.#scratch,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ann',
      GIT_AUTHOR_EMAIL: 'ann@example.org',
      GIT_COMMITTER_NAME: 'Ann',
      GIT_COMMITTER_EMAIL: 'ann@example.org',
    };
  }

  git(...args: readonly string[]): Promise<GitRun> {
    return this.gitIn(this.course.folder, args);
  }

  async gitIn(
    cwd: string,
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<GitRun> {
    const env = { ...this.environment, ...variables };
    const options = { cwd, env, extendEnv: false, reject: false, all: true } as const;
    const { exitCode, all } = await execa('git', args, options);
    return { exitCode, output: all };
  }

  hook(...args: readonly string[]): Promise<CliRun> {
    const { folder } = this.course;
    return runCli(['hook', ...args], { project: folder, cwd: folder, env: this.environment });
  }

  async commit(message: string): Promise<void> {
    await this.git('add', 'labs');
    await this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  async commitWrong(): Promise<void> {
    this.course.write(STAGE, WRONG);
    await this.commit('wrong');
  }

  /** Whether the remote has what is committed here. */
  async isPushed(): Promise<boolean> {
    const here = await this.git('rev-parse', 'main');
    const there = await this.gitIn(this.remote, ['rev-parse', 'main']);
    return here.output === there.output;
  }

  clear(): void {
    rmSync(this.#scratch, { recursive: true });
  }
}
