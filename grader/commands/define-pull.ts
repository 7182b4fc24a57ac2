import type { Command } from 'commander';
import type { CiOptions } from './ci.ts';
import type { CommentOptions } from './comment.ts';
import type { Console, End } from './console.ts';
import { imageOption, repeatable, runtimeOption, sandboxOption } from './shared-options.ts';

/** Defines what a CI job does with a pull request. */
export function definePull(program: Command, console: Console, end: End): void {
  program
    .command('ci')
    .description("grade a pull request with this checkout's grader")
    .requiredOption('--base <dir>', 'the checkout of the base branch: this one')
    .requiredOption('--head <dir>', "a clone of the pull request's branch; nothing in it is run")
    .addOption(
      repeatable(
        '--lab <lab>',
        'grade this lab, touched or not',
        'those that the pull request touches',
      ),
    )
    .option('--require <what>', 'all, stages with commas between, or points:N', 'all')
    .option('--result <file>', 'where the record goes, as JSON')
    .option('--summary <file>', 'where the summary goes, as Markdown')
    .addOption(runtimeOption())
    .addOption(sandboxOption())
    .addOption(imageOption())
    .option('--i-trust-this-code', 'with --sandbox none: run the programs as you')
    .action(async (options: CiOptions) => {
      const { ciCommand } = await import('./ci.ts');
      end(await ciCommand(options, console));
    });
  program
    .command('comment')
    .description('write the verdict under a pull request on GitHub')
    .requiredOption('--result <file>', "the record that ci wrote; it may be anybody's")
    .option('--repo <owner/name>', 'the repository of the base')
    .option('--pull <n>', 'the number of the pull request')
    .option('--head-repo <owner/name>', 'without a number: the repository that it comes from')
    .option('--head-sha <commit>', 'the commit that was graded')
    .option('--dry-run', 'print the comment, and ask nobody')
    .action(async (options: CommentOptions) => {
      const { commentCommand } = await import('./comment.ts');
      end(await commentCommand(options, console));
    });
}
