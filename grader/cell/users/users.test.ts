import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isInstalled } from '../../testing/cli.ts';
import { linuxUsers, type ProgramIds } from '../../run/platform/linux-users.ts';
import { Users } from './users.ts';

const why =
  process.getuid?.() !== 0
    ? 'only root can run programs as others'
    : isInstalled('python3')
      ? ''
      : 'there is no python3';

/** Listens where the system likes, and says where; ends by itself soon, whatever becomes of the test. */
const LISTENS = `
import signal, socket
signal.alarm(20)
server = socket.create_server(('127.0.0.1', 0))
print(server.getsockname()[1], flush=True)
signal.pause()
`;

interface Started {
  readonly pid: number;
  readonly port: number;
}

async function start({ uid, gid }: ProgramIds): Promise<Started> {
  const child = spawn('python3', ['-I', '-c', LISTENS], {
    ...{ uid, gid, cwd: '/', env: { PATH: '/usr/local/bin:/usr/bin:/bin' } },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line]: unknown[] = await once(child.stdout, 'data');
  return { pid: child.pid ?? 0, port: Number(String(line)) };
}

(why === '' ? describe : describe.skip)(
  `two programs of one copy${why && ` (skipped: ${why})`}`,
  () => {
    const users = new Users([64_100, 64_101]);
    const platform = linuxUsers((mark) => users.of(mark));
    const familyOf = (mark: string) => platform.findFamily({ leader: 0, mark });
    const portsOf = async (mark: string, wanted: number): Promise<readonly number[]> => {
      const listeners = await platform.findListeners(await familyOf(mark), wanted);
      return listeners.map(({ port }) => port);
    };

    afterEach(async () => {
      await users.endAll();
      for (const mark of ['server.', 'call.', 'another.']) users.release(mark);
    });

    it('are one user, whom no other copy has', () => {
      const server = users.take('server.', '/copy');
      expect(users.take('call.', '/copy').uid).toBe(server.uid);
      users.release('call.');
      expect(users.take('another.', '/other').uid).not.toBe(server.uid);
    });

    it('are told apart, and one is ended without the other', async () => {
      const server = await start(users.take('server.', '/copy'));
      const call = await start(users.take('call.', '/copy'));
      expect(await familyOf('server.')).toEqual([server.pid]);
      expect(await familyOf('call.')).toEqual([call.pid]);
      await users.end('call.');
      expect(await familyOf('')).toEqual([server.pid]);
    });

    it('do not take the port of one for that of the other', async () => {
      const server = await start(users.take('server.', '/copy'));
      const call = await start(users.take('call.', '/copy'));
      expect(await portsOf('server.', server.port)).toEqual([server.port]);
      expect(await portsOf('server.', 1)).toEqual([]);
      await users.end('call.');
      // Alone, it has opened whatever is open.
      expect(await portsOf('server.', 1)).toEqual([server.port]);
      expect(call.port).not.toBe(server.port);
    });
  },
);
