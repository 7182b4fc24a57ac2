/** By which descriptor a cell tells. */
export const STATUS = 4;

/**
 * The shell script that runs a program in its cell. It tells by a descriptor when the program begins and
 * how its first process ended, with how many of the cell the kernel has killed for memory, where the cell
 * has a control group of its own. It stays as long as others live: a cell ends with the process that it was
 * made for. The program inherits neither the descriptor, nor what a shell says of a child that a signal
 * ended.
 *
 * @param own how many processes of the cell are not the program's: this shell's, and more
 */
export function tellStatus(own: number): string {
  return `exec 5>&2 2>/dev/null
echo begun >&${String(STATUS)}
(unset PWD OLDPWD SHLVL; exec "$@" 2>&5 ${String(STATUS)}>&- 5>&-)
status=$?
kills=0
for record in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
  while read -r name count; do [ "$name" = oom_kill ] && kills=$count; done <"$record"
done
echo "$status $kills" >&${String(STATUS)}
while set -- /proc/[0-9]*; [ $# -gt ${String(own)} ]; do sleep 0.05; done`;
}
