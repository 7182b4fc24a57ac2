import type { Command } from 'commander';
import type { Console, End } from './console.ts';
import type { HostOptions } from './host.ts';
import { imageOption, runtimeOption, sandboxOption } from './shared-options.ts';
import type { PlayCommandOptions } from './play.ts';
import type { ReviewCommandOptions } from './review.ts';
import type { WatchCommandOptions } from './watch.ts';

/** Defines the commands that go on until Ctrl-C. */
export function defineLive(program: Command, console: Console, end: End): void {
  program
    .command('watch')
    .description('grade, and grade again what is saved, until Ctrl+C')
    .argument('<lab>', 'for example week02')
    .argument('[stage...]', 'stages to grade; all of them if none is named')
    .option('--from <dir>', 'the submission (default: labs/LAB here)')
    .option('--solutions', 'grade the worked solutions')
    .addOption(runtimeOption())
    .option('--ports <from-to>', 'the ports to choose from')
    .option('--poll', 'look for changes now and then, where a file system tells nothing of them')
    .action(async (lab: string, stages: string[], options: WatchCommandOptions) => {
      const { watchCommand } = await import('./watch.ts');
      end(await watchCommand({ lab, stages }, options, console));
    });
  program
    .command('play')
    .description('run your server, open the browser at it, and watch the bytes, until Ctrl+C')
    .argument('<lab>', 'for example week02')
    .argument('[stage]', 'which program (default: that of the furthest stage)')
    .option('--from <dir>', 'the submission (default: labs/LAB here)')
    .option('--solutions', 'run a worked solution')
    .addOption(runtimeOption())
    .option('--port <n>', 'where to reach it on this machine (default: any that is free)')
    .option('--no-open', 'leave the browser alone')
    .option('--poll', 'look for changes now and then, where a file system tells nothing of them')
    .action(async (lab: string, stage: string | undefined, options: PlayCommandOptions) => {
      const { playCommand } = await import('./play.ts');
      end(await playCommand({ lab, stage }, options, console));
    });
  program
    .command('review')
    .description("run a student's server in its cell, and look at it in the browser")
    .argument('<lab>', 'for example week02')
    .argument('<id>', 'the student, as the gradebook has them')
    .option('--out <dir>', 'where the grades are (default: grades/LAB)')
    .option('--stage <stage>', 'which program (default: that of the furthest stage)')
    .option('--port <n>', 'where to reach it on this machine (default: any that is free)')
    .option('--no-open', 'leave the browser alone')
    .addOption(runtimeOption())
    .addOption(sandboxOption('what the program runs in'))
    .addOption(imageOption())
    .option('--i-trust-this-code', 'with --sandbox none: run the program as you')
    .action(async (lab: string, id: string, options: ReviewCommandOptions) => {
      const { reviewCommand } = await import('./review.ts');
      end(await reviewCommand({ lab, id }, options, console));
    });
  program
    .command('host', { hidden: true })
    .description('run what a review looks at')
    .argument('<lab>')
    .argument('<stage>')
    .requiredOption('--from <dir>')
    .requiredOption('--socket <path>')
    .addOption(runtimeOption())
    .option('--rooms <n>')
    .option('--through <socket>')
    .action(async (lab: string, stage: string, options: HostOptions) => {
      const { hostCommand } = await import('./host.ts');
      end(await hostCommand({ lab, stage }, options, console));
    });
}
