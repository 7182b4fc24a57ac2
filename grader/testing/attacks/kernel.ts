import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { resultsOf, type Arena } from './arena.ts';
import type { Target } from './target.ts';

/** What a program may not ask of the kernel, in cells of any kind. */
export function attackKernel(target: Target): void {
  let arena: Arena;

  beforeAll(async () => {
    arena = await target.openArena();
  });

  afterAll(() => arena.close());

  it('A20, A21: namespaces, mounts and the inside of the kernel are closed', async () => {
    // What an ordinary user of this machine can do, where nobody has forbidden it.
    expect(resultsOf(await arena.outside({ file: 'kernel.py' }))).toMatchObject({
      'unshare-user': 'done',
      'unshare-net': 'done',
      'add-key': expect.stringMatching(/^done|EDQUOT/),
      affinity: 'done',
      'netlink-other': 'done',
    });
    expect(resultsOf(await arena.inCell({ file: 'kernel.py' }))).toEqual({
      'unshare-user': 'EPERM',
      'unshare-net': 'EPERM',
      mount: 'EPERM',
      setns: 'EPERM',
      'add-key': 'ENOSYS',
      'io-uring': 'ENOSYS',
      bpf: 'EPERM',
      perf: 'EPERM',
      userfaultfd: 'EPERM',
      handle: 'EPERM',
      vsock: 'EAFNOSUPPORT',
      packet: 'EAFNOSUPPORT',
      'netlink-other': 'EAFNOSUPPORT',
      'core-pattern': expect.stringMatching(/^(?:EACCES|EROFS|EPERM)$/),
      'type-ahead': 'EPERM',
      affinity: 'EPERM',
    });
  });
}
