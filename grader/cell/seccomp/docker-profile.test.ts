import { describe, expect, it } from '@jest/globals';
import { buildProfile, type Profile } from './docker-profile.ts';

const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97];

describe('the filter of system calls, as docker reads it', () => {
  it.each([
    { call: 'read', args: [], answer: 0 },
    { call: 'memfd_create', args: [], answer: ENOSYS },
    { call: 'io_uring_setup', args: [], answer: ENOSYS },
    { call: 'clone3', args: [], answer: ENOSYS },
    { call: 'unshare', args: [], answer: EPERM },
    { call: 'ptrace', args: [], answer: EPERM },
    { call: 'clone', args: [0x3d0f00n], answer: 0 },
    { call: 'clone', args: [0x10000011n], answer: EPERM },
    { call: 'clone', args: [0x00020011n], answer: EPERM },
    { call: 'ioctl', args: [0n, 0x5401n], answer: 0 },
    { call: 'ioctl', args: [0n, 0x5412n], answer: EPERM },
    { call: 'ioctl', args: [0n, 0x1_0000_5412n], answer: EPERM }, // the kernel reads the lower half
    { call: 'socket', args: [1n, 1n, 0n], answer: 0 },
    { call: 'socket', args: [10n, 1n, 0n], answer: 0 },
    { call: 'socket', args: [16n, 3n, 0n], answer: 0 },
    { call: 'socket', args: [16n, 3n, 15n], answer: EAFNOSUPPORT },
    { call: 'socket', args: [17n, 3n, 0n], answer: EAFNOSUPPORT },
    { call: 'socket', args: [40n, 1n, 0n], answer: EAFNOSUPPORT },
    { call: 'socket', args: [3n, 1n, 0n], answer: EAFNOSUPPORT },
    { call: 'socketpair', args: [0x1_0000_0028n, 1n, 0n], answer: EAFNOSUPPORT },
  ])('answers $call of $args with $answer', ({ call, args, answer }) => {
    expect(ask(buildProfile('x64'), call, args)).toBe(answer);
  });

  it('knows the calls of one machine alone', () => {
    expect(buildProfile('arm64').architectures).toEqual(['SCMP_ARCH_AARCH64']);
    expect(() => buildProfile('riscv64')).toThrow('riscv64');
  });
});

/** What the first rule that fits answers; all of a rule's conditions must hold. */
function ask({ syscalls }: Profile, call: string, values: readonly bigint[]): number {
  const rule = syscalls.find(
    ({ names, args = [] }) =>
      names.includes(call) &&
      args.every(({ index, op, value, valueTwo = 0 }) => {
        const given = values[index] ?? 0n;
        switch (op) {
          case 'SCMP_CMP_NE':
            return given !== BigInt(value);
          case 'SCMP_CMP_GT':
            return given > BigInt(value);
          case 'SCMP_CMP_MASKED_EQ':
            return (given & BigInt(value)) === BigInt(valueTwo);
        }
      }),
  );
  return rule?.errnoRet ?? 0;
}
