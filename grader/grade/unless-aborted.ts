/**
 * Waits for a promise, but no longer than until a signal comes.
 *
 * @param what is stopped then, such as `the grading`
 * @throws what the promise throws; an Error once the signal is aborted, with its reason as the cause
 */
export async function unlessAborted<Value>(
  wanted: Promise<Value>,
  signal: AbortSignal,
  what: string,
): Promise<Value> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(new Error(`${what} was stopped`, { cause: signal.reason }));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([aborted, wanted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
