import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { startCli, type CliRun } from './cli.ts';

/** A copy of the course, to be changed by one test. Who makes it removes it. */
export interface TestCourse {
  readonly folder: string;
  /** Runs the command line of this copy. */
  readonly run: (...args: readonly string[]) => Promise<CliRun>;
  /** Starts it, to be signalled, with this added to its environment. */
  readonly start: (
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ) => ReturnType<typeof startCli>;
  readonly write: (path: string, content: string) => void;
  /** Changes a text that stands in a file once. */
  readonly edit: (path: string, find: string, replace: string) => void;
  readonly remove: () => void;
}

const NEEDED = ['grader', 'labs', 'solutions', 'templates', 'package.json', 'package-lock.json'];

/** Copies the course as it is; its packages are shared. */
export function makeCourse(): TestCourse {
  const folder = mkdtempSync(join(tmpdir(), 'course-'));
  copyCourse(folder);
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  const write = (path: string, content: string): void => {
    writeFileSync(join(folder, path), content);
  };
  const start: TestCourse['start'] = (env, ...args) =>
    startCli(args, { env, cwd: folder, project: folder });
  return {
    folder,
    start,
    run: async (...args) => {
      const { exitCode, stdout, stderr } = await start({}, ...args);
      return { exitCode, stdout, stderr };
    },
    write,
    edit: (path, find, replace) => {
      const parts = readFileSync(join(folder, path), 'utf8').split(find);
      if (parts.length !== 2) throw new Error(`${path} does not hold ${find} once`);
      write(path, parts.join(replace));
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Copies what a course is made of into a folder, but for its packages. */
export function copyCourse(folder: string): void {
  for (const name of NEEDED) {
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true, filter: isNeeded });
  }
}

function isNeeded(path: string): boolean {
  const [top, second] = relative(PROJECT, path).split(sep);
  return top !== 'grader' || second !== 'testing';
}
