import type { Command } from 'commander';
import type { BatchCommandOptions } from './batch.ts';
import type { Console, End } from './console.ts';
import { imageOption, repeatable, runtimeOption, sandboxOption } from './shared-options.ts';
import type { WorkerOptions } from './worker.ts';

/** Defines the grading of a class, and what grades its work for it. @param end is told what the process is to exit with */
export function defineBatch(program: Command, console: Console, end: End): void {
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
}
