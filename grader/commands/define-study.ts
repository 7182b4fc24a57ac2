import type { Command } from 'commander';
import type { Console, End } from './console.ts';
import type { NextOptions } from './next.ts';
import type { ReplayOptions } from './replay.ts';
import { runtimeOption } from './shared-options.ts';

/** Defines what a student goes on with between two gradings. @param end is told what the process is to exit with */
export function defineStudy(program: Command, console: Console, end: End): void {
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
}
