import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow,
} from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import {
  listSteps,
  parseActionFile,
  parseWorkflowFile,
  type Step,
} from './workflow-file-parser.ts';

const WORKFLOWS = readdirSync(join(PROJECT, '.github/workflows'));
const ACTION = '.github/actions/grade/action.yml';

function read(path: string): string {
  return readFileSync(join(PROJECT, path), 'utf8');
}

function workflow(name: string) {
  return parseWorkflowFile(read(`.github/workflows/${name}`));
}

const ALL_STEPS: readonly (readonly [string, readonly Step[]])[] = [
  ...WORKFLOWS.map((name) => [name, listSteps(workflow(name))] as const),
  [ACTION, parseActionFile(read(ACTION)).runs.steps],
];

describe("by GitHub's own parser and schema", () => {
  const trace = new NoOperationTraceWriter();

  test.each(WORKFLOWS)('%s is a workflow', async (name) => {
    const content = read(`.github/workflows/${name}`);
    const { context, value } = parseWorkflow({ name, content }, trace);
    if (value) await convertWorkflowTemplate(context, value);
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
  });

  test('the action is one', () => {
    const { context } = parseAction({ name: ACTION, content: read(ACTION) }, trace);
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
  });

  test('what is mistyped is found', () => {
    const content = read(`.github/workflows/grade.yml`).replace('timeout-minutes', 'timeout');
    const { context } = parseWorkflow({ name: 'grade.yml', content }, trace);
    expect(context.errors.getErrors()).not.toEqual([]);
  });
});

describe.each(ALL_STEPS)('%s', (_, steps) => {
  test('puts nothing that somebody could choose into a script', () => {
    for (const { run = '' } of steps) expect(run).not.toMatch(/\$\{\{(?! matrix\.)/);
  });

  test('keeps no credentials in a checkout', () => {
    for (const { uses = '', with: given } of steps) {
      if (uses.startsWith('actions/checkout@'))
        expect(given).toHaveProperty('persist-credentials', false);
    }
  });

  test('uses actions of GitHub by a version, and our own from the base', () => {
    for (const { uses } of steps) {
      if (uses !== undefined)
        expect(uses).toMatch(/^(?:actions\/[\w-]+@v\d+|\.\/base\/\.github\/actions\/grade)$/);
    }
  });
});

test.each(WORKFLOWS)('%s says what it may do, and how long it may take', (name) => {
  const { permissions, jobs } = workflow(name);
  expect(permissions).toMatchObject({ contents: 'read' });
  for (const job of Object.values(jobs)) {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(job).not.toHaveProperty('permissions');
  }
});

describe('grade.yml', () => {
  test('may read, and has no secrets', () => {
    expect(workflow('grade.yml').on).toBe('pull_request');
    expect(workflow('grade.yml').permissions).toEqual({ contents: 'read' });
    expect(read('.github/workflows/grade.yml')).not.toMatch(/secrets|github\.token|GITHUB_TOKEN/);
    expect(read(ACTION)).not.toMatch(/secrets|github\.token|GITHUB_TOKEN/);
  });

  test('takes the grader from the base, and the head beside it', () => {
    const checkouts = listSteps(workflow('grade.yml')).filter(({ uses = '' }) =>
      uses.startsWith('actions/checkout@'),
    );
    expect(checkouts.map(({ with: given }) => [given?.path, given?.ref])).toEqual([
      ['base', '${{ github.event.pull_request.base.sha }}'],
      ['head', '${{ github.event.pull_request.head.sha }}'],
    ]);
  });
});

describe('comment.yml', () => {
  test('may write to pull requests, and to nothing else', () => {
    const { permissions } = workflow('comment.yml');
    expect(permissions).toEqual({ actions: 'read', contents: 'read', 'pull-requests': 'write' });
  });

  test('runs when grade.yml has, from the default branch alone', () => {
    const { on } = workflow('comment.yml');
    const { name } = workflow('grade.yml');
    expect(on).toEqual({ workflow_run: { workflows: [name], types: ['completed'] } });
    const steps = listSteps(workflow('comment.yml'));
    const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    expect(checkouts.map(({ with: given }) => given)).toEqual([{ 'persist-credentials': false }]);
  });

  test('runs nothing of what it downloads', () => {
    const runs = listSteps(workflow('comment.yml')).flatMap(({ run }) => run ?? []);
    expect(runs.map((run) => run.split(' ').slice(0, 4).join(' '))).toEqual([
      'npm ci --ignore-scripts --omit=dev',
      'npm run --silent comment',
    ]);
  });
});
