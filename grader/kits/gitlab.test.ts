import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROJECT } from '../course/project.ts';
import { makeCourse, type TestCourse } from '../testing/course.ts';
import { ENVIRONMENT } from '../testing/cli.ts';
import { expectValid } from '../testing/formats/validate-format.ts';
import { parseGitlabJob } from '../testing/gitlab-parser.ts';
import { unpackKit, type UnpackedKit } from '../testing/unpacked-kit.ts';

describe('a kit for GitLab', () => {
  let kit: UnpackedKit;
  let course: TestCourse;
  let work: string;
  beforeAll(async () => {
    kit = await unpackKit('gitlab');
    work = mkdtempSync(join(tmpdir(), 'gitlab-'));
    // The project that merge requests go to: a real repository, cloned by the job.
    course = makeCourse();
    rmSync(join(course.folder, 'node_modules'));
    await execa('git', ['init', '--quiet', '--initial-branch', 'trunk'], { cwd: course.folder });
    await execa('git', ['add', '.'], { cwd: course.folder });
    const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
    await execa('git', [...author, 'commit', '--quiet', '-m', 'course'], { cwd: course.folder });
    writeNpm(join(work, 'bin'));
  });
  afterAll(() => {
    kit.remove();
    course.remove();
    rmSync(work, { recursive: true });
  });

  const readJob = (): ReturnType<typeof parseGitlabJob> =>
    parseGitlabJob(parse(kit.read('.gitlab-ci.yml')), 'grade week02');

  /** Runs the lines of the job as GitLab does: one script, which ends at the first that fails. */
  const runJob = (head: string) =>
    execa('bash', ['-e', '-o', 'pipefail', '-c', readJob().script.join('\n')], {
      cwd: head,
      reject: false,
      extendEnv: false,
      env: {
        PATH: `${join(work, 'bin')}:${ENVIRONMENT.PATH ?? ''}`,
        HOME: work,
        CI_PROJECT_DIR: head,
        WIREGRADE_REPOSITORY: course.folder,
      },
    });

  const makeHead = (name: string): string => {
    const head = join(work, name);
    mkdirSync(join(head, 'labs'), { recursive: true });
    return head;
  };

  test('is a job for merge requests, whose report is kept whatever the verdict', () => {
    expect(readJob()).toMatchObject({
      rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
      artifacts: { when: 'always', reports: { junit: 'wiregrade-week02.xml' } },
    });
  });

  test('passes right work', async () => {
    const head = makeHead('right');
    cpSync(join(PROJECT, 'solutions/week02'), join(head, 'labs/week02'), { recursive: true });
    const { exitCode, stdout } = await runJob(head);
    expect(stdout).toContain('100/100 points');
    expect(exitCode).toBe(0);
    await expectValid('junit', readFileSync(join(head, 'wiregrade-week02.xml'), 'utf8'));
  }, 60_000);

  test("fails wrong work by the default branch's grader, whatever grader it brings", async () => {
    const head = makeHead('wrong');
    mkdirSync(join(head, 'labs/week02/echo_server'), { recursive: true });
    writeFileSync(join(head, 'labs/week02/echo_server/echo_server.js'), 'process.exit(0);');
    mkdirSync(join(head, 'grader'));
    writeFileSync(join(head, 'grader/launch.mjs'), "console.log('100/100 points');");
    const { exitCode, stdout } = await runJob(head);
    expect(stdout).toContain('FAIL  echo_server');
    expect(exitCode).toBe(1);
    await expectValid('junit', readFileSync(join(head, 'wiregrade-week02.xml'), 'utf8'));
  }, 60_000);
});

/** A test does not go to the internet: this npm links the packages of this course. */
function writeNpm(folder: string): void {
  mkdirSync(folder);
  const script = `#!/bin/sh\ntest "$1 $2" = 'ci --prefix' && ln -s ${PROJECT}/node_modules "$3/node_modules"\n`;
  writeFileSync(join(folder, 'npm'), script, { mode: 0o755 });
  symlinkSync(process.execPath, join(folder, 'node'));
}
