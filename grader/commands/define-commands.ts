import { Command } from 'commander';
import { readVersion } from '../course/version.ts';
import type { Console, End } from './console.ts';
import { defineAuthoring } from './define-authoring.ts';
import { defineBatch } from './define-batch.ts';
import { defineGrade, defineHint } from './define-grade.ts';
import { defineKits } from './define-kits.ts';
import { defineLive } from './define-live.ts';
import { definePull } from './define-pull.ts';
import { defineStudy } from './define-study.ts';

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
  const groups = [
    ...[defineGrade, defineHint, defineStudy, defineLive],
    ...[defineBatch, definePull, defineKits, defineAuthoring],
  ];
  for (const define of groups) define(program, console, end);
  return program;
}
