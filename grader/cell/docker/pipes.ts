import { NOTES_FD } from '../../run/confine.ts';

/** The pipes of a program's container, each named for what the program has it as. */
export const PIPES = ['in', 'out', 'err', 'status', 'notes'] as const;

/** Where a program's container has them. */
export const PIPES_INSIDE = '/run/wiregrade';

/**
 * Is to the grader what a program is that it starts itself: what the container writes comes out of it.
 * It is told by a descriptor where the pipes are, and stays until nobody has them open.
 *
 * @param takesNotes whether the program has the pipe for notes
 */
export function relay(takesNotes: boolean): string {
  return `read -r pipes <&4
exec 4<&-
cat <"$pipes/err" >&2 &
cat <"$pipes/status" >&3 &
${takesNotes ? `cat <"$pipes/notes" >&${String(NOTES_FD)} &` : ''}
exec 3>&- ${String(NOTES_FD)}>&- 2>/dev/null
exec cat <"$pipes/out"`;
}
