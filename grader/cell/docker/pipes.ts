/** The pipes of a program's container, each named for what the program has it as. */
export const PIPES = ['in', 'out', 'err', 'status'] as const;

/** Where a program's container has them. */
export const PIPES_INSIDE = '/run/wiregrade';

/**
 * Is to the grader what a program is that it starts itself: what the container writes comes out of it.
 * It is told by a descriptor where the pipes are, and stays until nobody has them open.
 */
export const RELAY = `read -r pipes <&4
exec 4<&-
cat <"$pipes/err" >&2 &
cat <"$pipes/status" >&3 &
exec 3>&- 2>/dev/null
exec cat <"$pipes/out"`;
