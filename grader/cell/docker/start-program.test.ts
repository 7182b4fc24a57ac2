import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './start-program.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-program-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const KIT = {
  ...{ image: 'image', run: 'run', owner: 'owner', profile: '/profile', etc: '/etc' },
  ...{ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, cores: undefined, volumes: [] },
};
const ORDER = {
  ...{ command: ['true'], cwd: '/', environment: {}, room: undefined, takesNotes: false },
  ...{ fixed: [{ path: '/copy/a.ts', base64: '' }], reads: [] },
};

it('leaves nothing of a container whose first process cannot be learnt', async () => {
  const told: string[] = [];
  const docker = ([command = '', ...args]: readonly string[]): Promise<string> => {
    told.push(command === 'rm' ? `rm ${args.join(' ')}` : command);
    return command === 'inspect'
      ? Promise.reject(new Error('the engine is gone'))
      : Promise.resolve('its-id\n');
  };
  const [pipes, kept] = [join(folder, 'pipes'), join(folder, 'kept')];
  const start = startProgram(ORDER, { docker, kit: KIT, worker: 'worker', pipes, kept });
  await expect(start).rejects.toThrow('the engine is gone');
  expect(told).toEqual(['run', 'inspect', 'rm --force --volumes its-id']);
  expect(readdirSync(folder)).toEqual([]);
});
