import { Command } from 'commander';
import type { BatchCommandOptions } from './batch.ts';
import type { NextOptions } from './next.ts';
import type { ReplayOptions } from './replay.ts';
import type { WorkerOptions } from './worker.ts';
import type { VerifyOptions } from './verify.ts';
import { readVersion } from '../course/version.ts';
import type { Console, End } from './console.ts';
import { defineGrade, defineHint } from './define-grade.ts';
import { defineKits } from './define-kits.ts';
import { defineLive } from './define-live.ts';
import { definePull } from './define-pull.ts';
import { imageOption, repeatable, runtimeOption, sandboxOption } from './shared-options.ts';

/** Defines the command line. What grading does not need is loaded by the command that needs it. */
export function defineCommands(console: Console, end: End): Command {
  const program = new Command('wiregrade')
    .description('Grades servers that students build from raw sockets.')
    .version(readVersion())
    .exitOverride()
    .configureOutput({
      writeOut: console.out,
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .showHelpAfterError(false);
  defineGrade(program, console, end);
  defineHint(program, console, end);
  program
    .command('replay')
    .description('ask one check again, and show what goes over the wire')
    .argument('<lab>', 'for example week02')
    .argument('<check...>', 'for example http_serve2/status-line')
    .option('--from <dir>', 'the submission (default: labs/LAB here)')
    .option('--solutions', 'ask the worked solutions')
    .addOption(runtimeOption())
    .option('--seed <n>', 'repeat the random names and contents of an earlier run')
    .action(async (lab: string, words: string[], options: ReplayOptions) => {
      const { replayCommand } = await import('./replay.ts');
      end(await replayCommand({ lab, words }, options, console));
    });
  program
    .command('next')
    .description('go on: copy your stage over the untouched starter of the next one')
    .argument('<lab>', 'for example week02')
    .argument('[stage]', 'the stage to begin (default: the first that is not started)')
    .option('--from <dir>', 'the submission (default: labs/LAB here)')
    .option('--force', 'replace work that is there, and keep a backup of it')
    .action(async (lab: string, stage: string | undefined, options: NextOptions) => {
      const { nextCommand } = await import('./next.ts');
      end(await nextCommand({ lab, stage }, options, console));
    });
  program
    .command('release')
    .description('write the starters and the table of points from the solutions and the checks')
    .argument('[lab]', 'for example week02; all of them if none is named')
    .option('--check', 'write nothing; fail where something is out of step')
    .action(async (lab: string | undefined, options: { readonly check?: boolean }) => {
      const { releaseCommand } = await import('./release.ts');
      end(await releaseCommand(lab, options, console));
    });
  program
    .command('batch')
    .description('grade the work of a class, each program in a cell')
    .argument('<lab>', 'for example week02')
    .option('--roster <file>', 'a CSV file with the columns id and repo, and more')
    .option('--repo-template <url>', 'where the repositories are, of a roster that does not say')
    .option('--forks-of <owner/repo>', 'grade every fork of a repository on GitHub')
    .option('--submissions <dir>', 'grade every folder in this one')
    .option('--out <dir>', 'where the grades go (default: grades/LAB)')
    .option(
      '--deadline <time>',
      'grade the last commit before this, such as 2026-10-01T23:59+02:00',
    )
    .option('--course <file>', 'what late work costs (default: course.yaml, where there is one)')
    .addOption(
      repeatable('--again <who>', 'grade all, failed, or these students anew', 'what has changed'),
    )
    .addOption(runtimeOption())
    .addOption(repeatable('--format <name[=file]>', 'one more gradebook: canvas', 'none'))
    .option('--canvas-assignment <column>', 'its column in Canvas, such as "Week 2 (4711)"')
    .option('--slots <n>', 'how many are graded at once (default: the cores but one)')
    .option('--seed <n>', 'the same random names and contents for everybody')
    .addOption(sandboxOption())
    .addOption(imageOption())
    .option('--i-trust-this-code', 'with --sandbox none: run the programs as you')
    .action(async (lab: string, options: BatchCommandOptions) => {
      const { batchCommand } = await import('./batch.ts');
      end(await batchCommand(lab, options, console));
    });
  defineLive(program, console, end);
  definePull(program, console, end);
  defineKits(program, console, end);
  program
    .command('worker', { hidden: true })
    .description('grade what a batch tells it to')
    .addOption(runtimeOption())
    .option('--rooms <n>')
    .option('--through <socket>')
    .action(async (options: WorkerOptions) => {
      const { workerCommand } = await import('./worker.ts');
      end(await workerCommand(options, console));
    });
  program
    .command('new-lab')
    .description('write a small lab, with its solutions and proofs, to be changed')
    .argument('<id>', 'the name of its folders, for example week04')
    .action(async (id: string) => {
      const { newLabCommand } = await import('./new-lab.ts');
      end(await newLabCommand(id, console));
    });
  program
    .command('verify')
    .description('prove that the labs hold together: right programs pass, wrong ones fail')
    .argument('[lab]', 'for example week02; all of them if none is named')
    .option('--repeat <n>', 'grade every program this often, each time with another seed')
    .option('--load', 'keep every core busy meanwhile')
    .option('--only <text>', 'grade the programs whose name holds this text')
    .option('--seed <n>', 'the seed of the first grading')
    .option('--jobs <n>', 'how many programs may be starting at once (default: the cores)')
    .action(async (lab: string | undefined, options: VerifyOptions) => {
      const { verifyCommand } = await import('./verify.ts');
      end(await verifyCommand(lab, options, console));
    });
  return program;
}
