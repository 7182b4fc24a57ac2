import { posix } from 'node:path';
import type { CheckResult, LabResult, StageResult } from '../../model/result.ts';
import { nameCheck, renderPlain, summarizeCheck, tellCheck } from '../plain-text.ts';
import { showLine } from '../show-text.ts';
import { plural } from '../words.ts';
import { quoteLog } from './quote-log.ts';
import { MOST_SHOWN, writeCommand, type WorkflowCommand } from './workflow-command.ts';

/**
 * What a step of GitHub Actions prints: an annotation for each check that failed, at its place in the
 * program, and then the whole in plain text, in which GitHub is told to look for no commands.
 *
 * @param token ends that text; random, so that no program can have printed it
 */
export function renderGithub(result: LabResult, { token }: { readonly token: string }): string {
  const { shown, leftOut } = annotateResults([result], MOST_SHOWN);
  return [
    ...shown.map(writeCommand),
    ...tellLeftOut(result, leftOut).map(writeCommand),
    quoteLog(renderPlain(result).trimEnd(), token),
  ].join('');
}

/**
 * Annotates what did not pass: an error for each check that failed, a warning for a bonus and for what
 * the grader broke.
 *
 * @param most how many errors are shown, and how many warnings
 * @returns those to show, errors first, and how many are left out
 */
export function annotateResults(
  results: readonly LabResult[],
  most: number,
): { readonly shown: readonly WorkflowCommand[]; readonly leftOut: number } {
  const all = results.flatMap((result) =>
    result.stages.flatMap((stage) =>
      stage.checks.flatMap((check) => annotate(result, stage, check)),
    ),
  );
  const errors = all.filter(({ name }) => name === 'error');
  // Where the grader broke comes first: a bonus that is not earned can wait.
  const warnings = [
    ...all.filter(({ name, isOurs }) => name === 'warning' && isOurs),
    ...all.filter(({ name, isOurs }) => name === 'warning' && !isOurs),
  ];
  const shown = [...errors.slice(0, most), ...warnings.slice(0, most)];
  return { shown, leftOut: all.length - shown.length };
}

type Annotation = WorkflowCommand & { readonly isOurs: boolean };

/** In the order of the lab, since what comes first is what the rest builds on. */
function annotate(
  result: LabResult,
  stage: StageResult,
  check: CheckResult,
): readonly Annotation[] {
  const { outcome, bonus } = check;
  const title = nameCheck(check);
  switch (outcome.status) {
    case 'failed': {
      const name = bonus ? 'warning' : 'error';
      const message = tellShortly(result.lab, check);
      return [
        { name, properties: { ...placeOf(result, stage, check), title }, message, isOurs: false },
      ];
    }
    case 'broken': {
      const message = summarizeCheck(result.lab, check);
      return [{ name: 'warning', properties: { title }, message, isOurs: true }];
    }
    // What was not asked has its reason elsewhere, or is no matter of the program.
    case 'passed':
    case 'skipped':
    case 'not-judged':
      return [];
  }
}

/** What happened, and what to try; the bytes are in the text below. */
function tellShortly(lab: string, check: CheckResult): string {
  const [summary = '', ...rest] = tellCheck(lab, check);
  const advice = rest.slice(rest.lastIndexOf('') + 1);
  return [summary, ...advice].join('\n');
}

function placeOf(
  { submission }: LabResult,
  { program }: StageResult,
  { outcome }: CheckResult,
): Readonly<Record<string, string | number>> {
  const source = outcome.status === 'failed' ? outcome.diagnosis.source : undefined;
  const file = source?.file ?? program;
  if (file === undefined) return {};
  // GitHub looks for files from the top of the repository, which a step begins in.
  const isWithin = !/^(?:\/|\.\.(?:\/|$)|[a-z]+:)/i.test(submission.path);
  const path = posix.normalize(isWithin ? posix.join(submission.path, file) : file);
  return {
    file: showLine(path, 500),
    ...(source && { line: source.line, col: source.column }),
  };
}

function tellLeftOut({ lab }: LabResult, count: number): readonly WorkflowCommand[] {
  if (count === 0) return [];
  const message = `GitHub shows no more of these. ${plural(count, 'annotation')} more would follow; the log of this step tells them all.`;
  return [{ name: 'notice', properties: { title: showLine(lab) }, message }];
}
