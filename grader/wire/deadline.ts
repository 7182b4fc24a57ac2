/**
 * Calls back when a span of time has passed, and only after everything that had arrived by then was
 * seen: on a busy machine a timer can fire while the bytes it is waiting for are already there.
 *
 * @param afterMs the span, in milliseconds
 * @param passed called once, unless `clear` came first
 */
export function startDeadline(afterMs: number, passed: () => void): { clear: () => void } {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    // Two turns: the first lets the event loop poll its sockets, the second lets their events run.
    immediate = setImmediate(() => {
      immediate = setImmediate(passed);
    });
  }, afterMs);
  return {
    clear: () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    },
  };
}
