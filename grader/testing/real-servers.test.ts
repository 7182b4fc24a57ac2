import { afterEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import getPort, { portNumbers } from 'get-port';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { loadProofs } from '../course/load-proofs.ts';
import { labFolder } from '../course/project.ts';
import type { RealServer } from '../lab/proofs.ts';
import { findServer } from '../release/proofs/real-servers.ts';
import { ENVIRONMENT, gradeJson } from './cli.ts';
import { makeSubmission, type TestSubmission } from './submission.ts';

// `npm run verify` grades real servers as programs that it starts. Here they run already.

const { realServers = [] } = (await loadProofs('week02')) ?? {};
/** Those that CI installs. */
const COMMANDS = ['nginx', 'lighttpd', 'busybox', 'python3'];

let submission: TestSubmission | undefined;
afterEach(() => submission?.remove());

describe.each(COMMANDS)('%s, where it already runs,', (command) => {
  const server = realServers.find(({ needs }) => 'command' in needs && needs.command === command);
  const found = server && findServer(server, ENVIRONMENT);
  const testWhere = found === undefined ? test.skip : test;
  const reason = found === undefined ? ` (skipped: ${command} is not installed)` : '';

  testWhere(`passes by --url all that it does as the assignment asks${reason}`, async () => {
    if (!server || found === undefined) throw new Error(`${command} is not installed`);
    submission = makeSubmission({ 'start.sh': server.script(found) });
    const { folder } = submission;
    cpSync(join(labFolder('week02'), 'web'), join(folder, 'web'), { recursive: true });
    const running = await startByHand(folder);
    try {
      const { outcomesOf } = await gradeJson([
        ...['week02', 'http_serve5', 'athome', '--url', running.url],
        ...['--web', join(folder, 'web')],
      ]);
      expect(outcomesOf('failed')).toEqual(inOrder(server.departs));
      expect(outcomesOf('broken')).toEqual([]);
      expect(outcomesOf('not-judged')).toEqual([
        'http_serve5/listens-where-told',
        'http_serve5/planted-file',
        'http_serve5/stays-inside',
        'http_serve5/decodes-names',
        'http_serve5/large-file',
        'athome/listens-where-told',
      ]);
    } finally {
      await running.stop();
    }
  });
});

/** Failures in the order of the lab, as a result has them. */
function inOrder(departs: RealServer['departs']): string[] {
  return departs.map(({ check, code }) => `${check}: ${code}`);
}

/** Starts the server in the submission's folder and waits until it takes connections. */
async function startByHand(folder: string) {
  const port = await getPort({ port: portNumbers(17_000, 17_999) });
  const child = execa('sh', [join(folder, 'start.sh'), String(port)], {
    cwd: folder,
    reject: false,
    stdio: 'ignore',
  });
  const isUp = async (): Promise<boolean> => {
    const socket = connect({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  };
  for (const until = performance.now() + 10_000; !(await isUp());) {
    if (performance.now() > until) throw new Error(`${folder} does not listen`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `http://127.0.0.1:${String(port)}`,
    stop: async () => {
      child.kill('SIGKILL');
      await child;
    },
  };
}
