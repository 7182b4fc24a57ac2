import type { Command } from 'commander';
import { KITS } from '../kits/kits.ts';
import type { Classroom50Options } from './classroom50.ts';
import type { Console, ExitCode } from './console.ts';
import type { GradescopeOptions } from './gradescope.ts';
import type { HookOptions } from './hook.ts';
import type { PackageOptions } from './package.ts';
import type { PrePushOptions } from './pre-push.ts';

/** Defines the commands for other places that grade. @param end is told what the process is to exit with */
export function defineKits(
  program: Command,
  console: Console,
  end: (code: ExitCode) => void,
): void {
  const kits = Object.keys(KITS).join(', ');
  program
    .command('package')
    .description(`write what grades a lab elsewhere: ${kits}`)
    .argument('<kit>', kits)
    .argument('<lab>', 'for example week02')
    .option('--out <file>', 'where it goes (default: a file here, named for the kit)')
    .option('--force', 'replace the file that is there')
    .action(async (kit: string, lab: string, options: PackageOptions) => {
      const { packageCommand } = await import('./package.ts');
      end(await packageCommand({ kit, lab }, options, console));
    });
  program
    .command('gradescope', { hidden: true })
    .description('grade what was handed in at Gradescope, in its container')
    .argument('<lab>')
    .requiredOption('--from <dir>')
    .requiredOption('--results <file>')
    .requiredOption('--users <first-last>')
    .action(async (lab: string, options: GradescopeOptions) => {
      const { gradescopeCommand } = await import('./gradescope.ts');
      end(await gradescopeCommand(lab, options, console));
    });
  program
    .command('classroom50', { hidden: true })
    .description("grade a student's checkout, on the runner of Classroom 50")
    .argument('<lab>')
    .requiredOption('--from <dir>')
    .requiredOption('--result <file>')
    .action(async (lab: string, options: Classroom50Options) => {
      const { classroom50Command } = await import('./classroom50.ts');
      end(await classroom50Command(lab, options, console));
    });
  program
    .command('hook')
    .description('have git grade what you push, and tell you what fails')
    .option('--block', 'stop the push where something fails')
    .option('--remove', 'take it away')
    .action(async (options: HookOptions) => {
      const { hookCommand } = await import('./hook.ts');
      end(await hookCommand(options, console));
    });
  program
    .command('pre-push', { hidden: true })
    .description('grade what git is about to push')
    .argument('<remote>')
    .argument('[url]')
    .option('--block')
    .action(async (remote: string, _url: string | undefined, options: PrePushOptions) => {
      const { prePushCommand } = await import('./pre-push.ts');
      end(await prePushCommand(remote, options, console));
    });
}
