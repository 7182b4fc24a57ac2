import { DENIED } from './system-calls.ts';
import { FAMILIES, NETLINK_ROUTE, NEW_NAMESPACES, TIOCLINUX, TIOCSTI } from './filter.ts';

interface Condition {
  readonly index: number;
  readonly op: 'SCMP_CMP_NE' | 'SCMP_CMP_GT' | 'SCMP_CMP_MASKED_EQ';
  readonly value: number;
  readonly valueTwo?: number;
}

interface Rule {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ERRNO';
  readonly errnoRet: number;
  /** All of these must hold. */
  readonly args?: readonly Condition[];
}

/** As docker's documentation has it. */
export interface Profile {
  readonly defaultAction: 'SCMP_ACT_ALLOW';
  readonly architectures: readonly string[];
  readonly syscalls: readonly Rule[];
}

const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97];
const ARCHITECTURES = new Map([
  ['x64', 'SCMP_ARCH_X86_64'],
  ['arm64', 'SCMP_ARCH_AARCH64'],
]);

/**
 * The filter of bubblewrap's cells as docker reads it. In place of docker's own, which lets memory be
 * taken that no limit counts; what that one denies and this one does not, it denies by capabilities,
 * of which a container of ours has none.
 *
 * @param architecture as `process.arch` names it
 * @throws Error on a machine whose calls are not known
 */
export function buildProfile(architecture: string): Profile {
  const name = ARCHITECTURES.get(architecture);
  if (name === undefined) throw new Error(`no filter of system calls is known for ${architecture}`);
  return {
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: [name],
    syscalls: RULES,
  };
}

/** Docker compares 64 bits, and the kernel looks at the lower half of these. */
const lowerHalf = (index: number, value: number): Condition => ({
  index,
  op: 'SCMP_CMP_MASKED_EQ',
  value: 0xffffffff,
  valueTwo: value,
});

const deny = (names: readonly string[], errnoRet: number, ...args: Condition[]): Rule => ({
  names,
  action: 'SCMP_ACT_ERRNO',
  errnoRet,
  ...(args.length > 0 && { args }),
});

const SOCKETS = ['socket', 'socketpair'];
const LAST_FAMILY = Math.max(...Object.values(FAMILIES));
const OTHER_FAMILIES = Array.from({ length: LAST_FAMILY }, (_, family) => family).filter(
  (family) => !Object.values(FAMILIES).includes(family),
);
/** Each bit by itself: a condition can say that a bit is set, not that one of several is. */
const NAMESPACE_BITS = Array.from({ length: 31 }, (_, bit) => 2 ** bit).filter(
  (bit) => (NEW_NAMESPACES & bit) !== 0,
);

const RULES: readonly Rule[] = [
  deny(DENIED.notThere, ENOSYS),
  deny(DENIED.notPermitted, EPERM),
  ...NAMESPACE_BITS.map((bit) =>
    deny(['clone'], EPERM, { index: 0, op: 'SCMP_CMP_MASKED_EQ', value: bit, valueTwo: bit }),
  ),
  ...[TIOCSTI, TIOCLINUX].map((request) => deny(['ioctl'], EPERM, lowerHalf(1, request))),
  ...OTHER_FAMILIES.map((family) => deny(SOCKETS, EAFNOSUPPORT, lowerHalf(0, family))),
  deny(SOCKETS, EAFNOSUPPORT, { index: 0, op: 'SCMP_CMP_GT', value: LAST_FAMILY }),
  deny(SOCKETS, EAFNOSUPPORT, lowerHalf(0, FAMILIES.netlink), {
    index: 2,
    op: 'SCMP_CMP_NE',
    value: NETLINK_ROUTE,
  }),
];
