import { gradeJson } from './cli.ts';
import { openArena } from './attacks/arena.ts';
import type { Target } from './attacks/target.ts';
import type { DockerEngine } from './docker-engine.ts';

/** The options of a command whose programs run in containers of a test's engine. */
export function optionsFor({ cells }: DockerEngine): readonly string[] {
  return ['--sandbox', 'docker', '--image', cells.image];
}

/** @param engine gives the engine, once tests have begun */
export function dockerTarget(engine: () => DockerEngine): Target {
  return {
    openArena: (options) => openArena({ ...options, cells: engine().cells }),
    grade: (args) => gradeJson([...args, ...optionsFor(engine())], { env: engine().env }),
    ownProcesses: 1, // the shell that waits
  };
}
