import type { Command } from 'commander';
import type { Console, End } from './console.ts';
import type { VerifyOptions } from './verify.ts';

/** Defines the commands of those who write labs. @param end is told what the process is to exit with */
export function defineAuthoring(program: Command, console: Console, end: End): void {
  program
    .command('new-lab')
    .description('write a small lab, with its solutions and proofs, to be changed')
    .argument('<id>', 'the name of its folders, for example week04')
    .action(async (id: string) => {
      const { newLabCommand } = await import('./new-lab.ts');
      end(await newLabCommand(id, console));
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
}
