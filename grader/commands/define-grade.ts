import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Console, End } from './console.ts';
import { gradeCommand, type GradeOptions } from './grade.ts';
import type { HintOptions } from './hint.ts';
import { imageOption, repeatable, runtimeOption } from './shared-options.ts';

/** Defines `grade`. */
export function defineGrade(program: Command, console: Console, end: End): void {
  const command = program
    .command('grade')
    .description('grade one submission, or a server that already runs')
    .argument('<lab>', 'for example week02')
    .argument('[stage...]', 'stages to grade; all of them if none is named');
  addChoice(command)
    .addOption(
      repeatable(
        '--format <name[=file]>',
        'terminal, html, json, junit and more, to stdout or a file',
        'terminal',
      ),
    )
    .option('--only <check>', 'ask one check, and those it builds on')
    .addOption(new Option('--all', 'show every failure').conflicts('brief'))
    .option('--brief', 'show the table and the sum only')
    .option('--explain', 'say what each check that passed has shown')
    .option('--plain', 'say one fact a line, for a screen reader')
    .option('--no-history', 'neither compare with the last run nor remember this one')
    .addOption(new Option('--rooms <n>').hideHelp())
    .addOption(new Option('--through <socket>').hideHelp())
    .action(async (lab: string, stages: string[], options: GradeOptions) => {
      end(await gradeCommand({ lab, stages }, options, console));
    });
}

/** Defines `hint`. */
export function defineHint(program: Command, console: Console, end: End): void {
  const command = program
    .command('hint')
    .description('give a hint on the next check that fails, and one more each time')
    .argument('<lab>', 'for example week02')
    .argument('[stage[/check]]', 'where to look (default: the first failure of all)');
  addChoice(command)
    .option('--level <n>', 'how many hints, from 1 to 3 (default: one more than last time)')
    .option('--plain', 'say one fact a line, for a screen reader')
    .option('--no-history', 'do not remember how far the hints went')
    .action(async (lab: string, place: string | undefined, options: HintOptions) => {
      const { hintCommand } = await import('./hint.ts');
      end(await hintCommand({ lab, place }, options, console));
    });
}

/** What is graded, and how. */
function addChoice(command: Command): Command {
  return command
    .option('--from <dir>', 'the submission (default: labs/LAB here)')
    .option('--solutions', 'grade the worked solutions')
    .option('--url <url>', 'grade a server that already runs, at http://host:port')
    .option('--web <dir>', 'the folder that the server at --url serves')
    .addOption(runtimeOption())
    .option('--seed <n>', 'repeat the random names and contents of an earlier run')
    .option('--jobs <n>', 'how many programs may be starting at once (default: the cores)')
    .option('--ports <from-to>', 'the ports to choose from')
    .addOption(
      new Option('--sandbox <kind>', 'run the programs in a sandbox: bwrap, docker or none')
        .argParser(readSandbox)
        .default('none'),
    )
    .addOption(imageOption());
}

/** What the programs run in; `within` is what the grader calls itself by, in a cell. */
function readSandbox(kind: string): GradeOptions['sandbox'] {
  const known = (['bwrap', 'docker', 'none', 'within'] as const).find((each) => each === kind);
  if (known !== undefined) return known;
  throw new InvalidArgumentError('It is bwrap, docker or none.');
}
