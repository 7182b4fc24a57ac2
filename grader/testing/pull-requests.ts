import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MadeRepository } from '../batch/fetch/made-repository.ts';
import { PROJECT, solutionsFolder } from '../course/project.ts';
import type { CiRecord } from '../model/ci-record.ts';
import { parseCiRecord } from '../pull/comment/parse-ci-record.ts';
import { runCli, type CliRun } from './cli.ts';
import { copyCourse } from './course.ts';

/** What came of a pull request. */
export interface PullRun extends CliRun {
  readonly record: CiRecord;
  readonly summary: string;
  /** The file of the record. */
  readonly file: string;
}

/** A class repository of a test, with a grader that runs, and its forks. Who makes it removes it. */
export class ClassRepository {
  readonly base = new MadeRepository();
  readonly scratch = mkdtempSync(join(tmpdir(), 'pulls-'));
  readonly #forks: MadeRepository[] = [];

  constructor() {
    const { folder } = this.base;
    copyCourse(folder);
    cpSync(join(PROJECT, '.github'), join(folder, '.github'), { recursive: true });
    this.base.commit({ '.gitignore': 'node_modules/\n' });
    // Another user runs the cells where we are root.
    chmodSync(folder, 0o755);
    sharePackages(folder);
  }

  /** Makes a fork, at the base's commit. */
  fork(): MadeRepository {
    const fork = new MadeRepository();
    this.#forks.push(fork);
    fork.git(['fetch', '--quiet', this.base.folder, 'HEAD']);
    fork.git(['reset', '--quiet', '--hard', 'FETCH_HEAD']);
    return fork;
  }

  /** Runs `ci` as the base has it. */
  async grade(
    head: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<PullRun> {
    const file = join(this.scratch, 'ci.json');
    const summaryFile = join(this.scratch, 'summary.md');
    for (const each of [file, summaryFile]) rmSync(each, { force: true });
    const { folder } = this.base;
    const run = await runCli(
      [
        ...['ci', '--base', folder, '--head', head, '--result', file],
        ...['--summary', summaryFile, ...args],
      ],
      { project: folder, cwd: folder, env: { GITHUB_ACTIONS: undefined, ...env } },
    );
    if (!existsSync(file)) throw new Error(`there is no record: ${run.stdout}${run.stderr}`);
    const record = parseCiRecord(readFileSync(file, 'utf8'));
    if ('fault' in record) throw new Error(record.fault);
    return { ...run, record, summary: readFileSync(summaryFile, 'utf8'), file };
  }

  remove(): void {
    for (const each of [this.base, ...this.#forks]) each.remove();
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

/** The worked program of a stage, as a student would have it in their fork. */
export function workedProgram(stage: string): Readonly<Record<string, string>> {
  const path = `${stage}/${stage}.ts`;
  return { [`labs/week02/${path}`]: readFileSync(join(solutionsFolder('week02'), path), 'utf8') };
}

/** A cell sees a course and no more, so that its packages must lie in it: as other names, if they can. */
function sharePackages(folder: string): void {
  const into = join(folder, 'node_modules');
  mkdirSync(into);
  // With its dot: what is in the folder, and not the folder.
  const from = `${join(PROJECT, 'node_modules')}/.`;
  try {
    execFileSync('cp', ['-al', from, into], { stdio: 'ignore' });
  } catch {
    execFileSync('cp', ['-a', from, into]);
  }
  rmSync(join(into, '.cache'), { recursive: true, force: true });
}
