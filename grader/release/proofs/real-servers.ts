import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { labFolder, PROJECT } from '../../course/project.ts';
import type { RealServer } from '../../lab/proofs.ts';
import type { Environment } from '../../run/environment.ts';
import { examine, type ExaminerOptions } from './examiner.ts';
import { expectFindings } from './expected.ts';
import type { Proof } from './proof.ts';

/** Servers that millions rely on, each as the program of the stages that it can stand in for. */
export function listRealServers(
  servers: readonly RealServer[],
  options: ExaminerOptions,
): readonly Proof[] {
  return servers.map((server) => {
    const found = findServer(server, options.environment);
    const { name, stages } = server;
    return {
      part: 'real servers',
      name,
      expected: expectOf(server, options),
      grade: (seed) =>
        examine(
          { make: (folder) => writeStart({ folder, server, found: found ?? '' }, options), stages },
          seed,
          options,
        ),
      ...(found === undefined && { unavailable: describeNeed(server) }),
    };
  });
}

function expectOf({ stages, departs }: RealServer, { lab }: ExaminerOptions): readonly string[] {
  return lab.stages
    .filter(({ id }) => stages.includes(id))
    .flatMap((stage) => {
      const own = departs.filter(({ check }) => check.startsWith(`${stage.id}/`));
      const failing = own.map(
        ({ check, code }) => [check.slice(stage.id.length + 1), code] as const,
      );
      return expectFindings(stage, new Map(failing));
    });
}

interface Start {
  readonly folder: string;
  readonly server: RealServer;
  readonly found: string;
}

/** Its programs are a start script, and each finds `web/` where it is started. */
function writeStart({ folder, server, found }: Start, { lab }: ExaminerOptions): void {
  const { script, stages } = server;
  for (const stage of lab.stages.filter(({ id }) => stages.includes(id))) {
    const web = join(labFolder(lab.id), 'web');
    if (existsSync(web)) cpSync(web, join(folder, stage.folder, 'web'), { recursive: true });
    mkdirSync(join(folder, stage.id), { recursive: true });
    writeFileSync(join(folder, stage.id, `${stage.id}.sh`), `#!/bin/sh\n${script(found)}\n`);
  }
}

/** Where a command, or the folder of packages, is; undefined where it is not installed. */
export function findServer({ needs }: RealServer, environment: Environment): string | undefined {
  if ('command' in needs) {
    // Servers are often installed where only root looks for commands.
    const folders = [...(environment.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
    return folders.map((folder) => join(folder, needs.command)).find((file) => existsSync(file));
  }
  const nextToNode = join(dirname(process.execPath), '../lib/node_modules');
  const folders = [join(PROJECT, 'node_modules'), nextToNode, environment.NODE_PATH ?? ''];
  return folders.find((folder) => needs.packages.every((name) => existsSync(join(folder, name))));
}

function describeNeed({ needs }: RealServer): string {
  return 'command' in needs
    ? `${needs.command} is not installed`
    : `${needs.packages.join(' and ')} are not installed`;
}
