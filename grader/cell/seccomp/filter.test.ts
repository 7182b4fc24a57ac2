import { describe, expect, it } from '@jest/globals';
import { assemble } from './assemble.ts';
import { buildFilter } from './filter.ts';

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const EAFNOSUPPORT = 0x00050061;

describe('the filter of system calls', () => {
  const table = [
    { call: 'read', x64: [0], arm64: [63], answer: ALLOW },
    { call: 'memfd_create', x64: [319], arm64: [279], answer: ENOSYS },
    { call: 'io_uring_setup', x64: [425], arm64: [425], answer: ENOSYS },
    { call: 'unshare', x64: [272], arm64: [97], answer: EPERM },
    { call: 'ptrace', x64: [101], arm64: [117], answer: EPERM },
    { call: 'clone of a thread', x64: [56, 0x3d0f00], arm64: [220, 0x3d0f00], answer: ALLOW },
    { call: 'clone of a user', x64: [56, 0x10000011], arm64: [220, 0x10000011], answer: EPERM },
    { call: 'ioctl to ask', x64: [16, 0, 0x5401], arm64: [29, 0, 0x5401], answer: ALLOW },
    { call: 'ioctl to type', x64: [16, 0, 0x5412], arm64: [29, 0, 0x5412], answer: EPERM },
    { call: 'socket of IPv6', x64: [41, 10, 1], arm64: [198, 10, 1], answer: ALLOW },
    { call: 'socket for routes', x64: [41, 16, 3, 0], arm64: [198, 16, 3, 0], answer: ALLOW },
    {
      call: 'socket for events',
      x64: [41, 16, 3, 15],
      arm64: [198, 16, 3, 15],
      answer: EAFNOSUPPORT,
    },
    { call: 'socket of packets', x64: [41, 17, 3], arm64: [198, 17, 3], answer: EAFNOSUPPORT },
    { call: 'a call of tomorrow', x64: [470], arm64: [470], answer: ENOSYS },
    { call: 'a call of x32', x64: [0x40000000], arm64: [0x40000000], answer: KILL },
  ];

  it.each(table)('answers $call alike on both machines', ({ x64, arm64, answer }) => {
    expect(run(buildFilter('x64'), 0xc000003e, x64)).toBe(answer);
    expect(run(buildFilter('arm64'), 0xc00000b7, arm64)).toBe(answer);
  });

  it('kills what calls by the numbers of another machine', () => {
    expect(run(buildFilter('x64'), 0x40000003, [0])).toBe(KILL);
    expect(run(buildFilter('arm64'), 0xc000003e, [0])).toBe(KILL);
  });

  it('is not made for a machine whose numbers are not known', () => {
    expect(() => buildFilter('riscv64')).toThrow('riscv64');
  });
});

describe('the assembler', () => {
  it('refuses a jump to nowhere, and one that goes back', () => {
    const jump = { do: 'test', that: 'equals', value: 1, to: 'there' } as const;
    expect(() => assemble([jump])).toThrow('no label there');
    expect(() => assemble([{ do: 'label', name: 'there' }, jump])).toThrow('no label there');
  });
});

/** Runs a filter as the kernel does, for a call of a number with arguments. */
function run(
  filter: Buffer,
  architecture: number,
  [number = 0, ...args]: readonly number[],
): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(architecture, 4);
  args.forEach((arg, index) => data.writeUInt32LE(arg, 16 + 8 * index));
  let loaded = 0;
  for (let at = 0; at < filter.byteLength; at += 8) {
    const code = filter.readUInt16LE(at);
    const value = filter.readUInt32LE(at + 4);
    const skip = 8 * filter.readUInt8(at + 2);
    if (code === 0x20) loaded = data.readUInt32LE(value);
    else if (code === 0x06) return value;
    else if (code === 0x15) at += loaded === value ? skip : 0;
    else if (code === 0x35) at += loaded >= value ? skip : 0;
    else if (code === 0x45) at += (loaded & value) !== 0 ? skip : 0;
    else throw new Error(`no such instruction: ${code.toString(16)}`);
  }
  throw new Error('the filter has no end');
}
