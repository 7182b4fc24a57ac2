import { assemble, type Line } from './assemble.ts';
import { DENIED, NUMBERS, type Architecture, type SystemCall } from './system-calls.ts';

/**
 * The filter of system calls that a student's program runs under. It holds back what namespaces do
 * not: memory that no limit counts, kernel doors that a server has no use for, and new namespaces.
 *
 * @param architecture as `process.arch` names it
 * @throws Error on a machine whose numbers are not known
 */
export function buildFilter(architecture: string): Buffer {
  if (architecture !== 'x64' && architecture !== 'arm64') {
    throw new Error(`no filter of system calls is known for ${architecture}`);
  }
  return assemble(linesFor(architecture));
}

/** Where these stand in `struct seccomp_data`, in bytes. Of 64-bit arguments the low half is read. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number): number => 16 + 8 * index;

const AUDIT: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };
/** Calls of the 32-bit ABI for 64-bit machines carry this bit. */
const X32 = 0x40000000;
/** The first number that this filter knows nothing of: newer calls are as good as not there. */
const UNKNOWN = 463;

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (code: number): number => 0x00050000 | code;
const EPERM = errno(1);
const ENOSYS = errno(38);
const EAFNOSUPPORT = errno(97);

/** The kinds of sockets a program may open: Unix, IPv4, IPv6, and netlink to ask for addresses. */
export const FAMILIES = { unix: 1, ipv4: 2, ipv6: 10, netlink: 16 };
export const NETLINK_ROUTE = 0;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
export const NEW_NAMESPACES = 0x7e020000;
/** Requests that type into a terminal for someone else. */
export const TIOCSTI = 0x5412;
export const TIOCLINUX = 0x541c;

function linesFor(architecture: Architecture): Line[] {
  const numberOf = (call: SystemCall): number | undefined => NUMBERS[call][architecture];
  const goWhere = (call: SystemCall, to: string): Line[] => {
    const value = numberOf(call);
    return value === undefined ? [] : [{ do: 'test', that: 'equals', value, to }];
  };
  return [
    { do: 'load', offset: ARCHITECTURE },
    { do: 'test', that: 'equals', value: AUDIT[architecture], to: 'known' },
    { do: 'return', action: KILL },
    { do: 'label', name: 'known' },
    { do: 'load', offset: NUMBER },
    { do: 'test', that: 'is-at-least', value: X32, to: 'kill' },
    { do: 'test', that: 'is-at-least', value: UNKNOWN, to: 'not-there' },
    ...goWhere('clone', 'clone'),
    ...goWhere('ioctl', 'ioctl'),
    ...goWhere('socket', 'socket'),
    ...goWhere('socketpair', 'socket'),
    ...DENIED.notThere.flatMap((call) => goWhere(call, 'not-there')),
    ...DENIED.notPermitted.flatMap((call) => goWhere(call, 'not-permitted')),
    { do: 'return', action: ALLOW },

    { do: 'label', name: 'clone' },
    { do: 'load', offset: argument(0) },
    { do: 'test', that: 'shares-a-bit-with', value: NEW_NAMESPACES, to: 'not-permitted' },
    { do: 'return', action: ALLOW },

    { do: 'label', name: 'ioctl' },
    { do: 'load', offset: argument(1) },
    { do: 'test', that: 'equals', value: TIOCSTI, to: 'not-permitted' },
    { do: 'test', that: 'equals', value: TIOCLINUX, to: 'not-permitted' },
    { do: 'return', action: ALLOW },

    { do: 'label', name: 'socket' },
    { do: 'load', offset: argument(0) },
    { do: 'test', that: 'equals', value: FAMILIES.netlink, to: 'netlink' },
    ...[FAMILIES.unix, FAMILIES.ipv4, FAMILIES.ipv6].map((value): Line => ({
      do: 'test',
      that: 'equals',
      value,
      to: 'allow',
    })),
    { do: 'return', action: EAFNOSUPPORT },
    { do: 'label', name: 'netlink' },
    { do: 'load', offset: argument(2) },
    { do: 'test', that: 'equals', value: NETLINK_ROUTE, to: 'allow' },
    { do: 'return', action: EAFNOSUPPORT },

    { do: 'label', name: 'allow' },
    { do: 'return', action: ALLOW },
    { do: 'label', name: 'not-there' },
    { do: 'return', action: ENOSYS },
    { do: 'label', name: 'not-permitted' },
    { do: 'return', action: EPERM },
    { do: 'label', name: 'kill' },
    { do: 'return', action: KILL },
  ];
}
