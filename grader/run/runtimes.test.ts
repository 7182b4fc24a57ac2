import { afterEach, describe, expect, test } from '@jest/globals';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';
import { readRuntimes, resolveRuntime, type Runtime } from './runtimes.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

function runtimeOf(extension: string, overrides: readonly string[] = []): Runtime {
  const found = readRuntimes(overrides).find((runtime) => runtime.extension === extension);
  if (!found) throw new Error(`nothing runs .${extension}`);
  return found;
}

/** A folder with this one program in it. */
function folderWith(name: string, text = '#!/bin/sh\n', mode = 0o755): string {
  made = makeSubmission({ [name]: text });
  chmodSync(join(made.folder, name), mode);
  return made.folder;
}

describe('the table of runtimes', () => {
  test('runs each extension of the course once', () => {
    const extensions = readRuntimes([]).map(({ extension }) => extension);
    expect([...extensions].sort()).toEqual(['', 'cjs', 'js', 'mjs', 'mts', 'py', 'sh', 'ts']);
  });

  test.each(['ts', 'mts', 'js', 'mjs', 'cjs'])(
    'runs .%s by the Node that runs the grader',
    async (extension) => {
      expect(await resolveRuntime(runtimeOf(extension), {})).toEqual([process.execPath]);
    },
  );

  test('runs a file without an extension by itself', async () => {
    expect(await resolveRuntime(runtimeOf(''), {})).toEqual([]);
  });
});

describe('--runtime', () => {
  test.each([
    ['py=python2.7', 'py', [['python2.7']], 'python'],
    ['.py=python2.7', 'py', [['python2.7']], 'python'],
    ['py=python3 -X dev', 'py', [['python3', '-X', 'dev']], 'python'],
    ['js= node  --stack-size=900 ', 'js', [['node', '--stack-size=900']], 'javascript'],
    ['rb=ruby', 'rb', [['ruby']], 'other'],
    ['py=/opt/a=b/python', 'py', [['/opt/a=b/python']], 'python'],
  ])('%s is read', (text, ...[extension, commands, language]) => {
    expect(runtimeOf(extension, [text])).toEqual({ extension, commands, language });
  });

  test('takes the path of a program with spaces as one word', () => {
    const file = join(folderWith('my python 3'), 'my python 3');
    expect(runtimeOf('py', [`py=${file}`]).commands).toEqual([[file]]);
  });

  test('replaces what the table has, and leaves the others', () => {
    const runtimes = readRuntimes(['py=pypy3', 'rb=ruby']);
    expect(runtimes.filter(({ extension }) => extension === 'py')).toHaveLength(1);
    expect(runtimes).toHaveLength(9);
  });

  test.each(['', 'py', 'py=', 'py= ', '=python', 'p y=python', 'py:python'])(
    'is refused as %j, with an example',
    (text) => {
      expect(() => readRuntimes([text])).toThrow(UsageError);
      expect(() => readRuntimes([text])).toThrow('--runtime py=python3.12');
    },
  );
});

describe('an interpreter', () => {
  test('is found on the PATH, in its order', async () => {
    const folder = folderWith('ruby');
    const runtime = runtimeOf('rb', ['rb=ruby -w']);
    const found = await resolveRuntime(runtime, { PATH: `/nowhere:${folder}` });
    expect(found).toEqual([join(folder, 'ruby'), '-w']);
  });

  test('is found by the second of its names where the first is missing', async () => {
    const folder = folderWith('python');
    const [command = ''] = await resolveRuntime(runtimeOf('py'), { PATH: folder });
    expect(basename(command)).toBe('python');
  });

  test('is run by its real path where the PATH has the shim of a version manager', async () => {
    const folder = folderWith('real-python', '\u007fELF, as far as this test goes');
    const shim = join(folder, 'python3');
    writeFileSync(shim, `#!/bin/sh\necho ${join(folder, 'real-python')}\n`, { mode: 0o755 });
    const found = await resolveRuntime(runtimeOf('py'), { PATH: `${folder}:/bin:/usr/bin` });
    expect(found).toEqual([join(folder, 'real-python')]);
  });

  test('keeps the name of a link, for some look at the name they are called by', async () => {
    const folder = folderWith('busybox', '\u007fELF');
    symlinkSync('busybox', join(folder, 'ash'));
    const found = await resolveRuntime(runtimeOf('sh', ['sh=ash']), { PATH: folder });
    expect(found).toEqual([join(folder, 'ash')]);
  });

  test.each([
    ['is not on the PATH', 'py=no-such-python', 'no-such-python'],
    ['is not where it is said to be', 'py=/no/such/python', '/no/such/python'],
    ['is a folder', 'py=/usr', '/usr'],
    ['may not be executed', 'py=/etc/passwd', '/etc/passwd'],
  ])('is missed, by name, where it %s', async (_, override, name) => {
    const looking = resolveRuntime(runtimeOf('py', [override]), { PATH: '/usr/bin:/bin' });
    await expect(looking).rejects.toThrow(UsageError);
    await expect(looking).rejects.toThrow(name);
    await expect(looking).rejects.toThrow('--runtime py=COMMAND');
  });
});
