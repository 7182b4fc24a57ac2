/** Who is at work on what, in this process. */
const lastInLine = new Map<string, Promise<unknown>>();

/**
 * Does something alone among all that is done under the same key.
 *
 * @throws the signal's reason where it fires before the turn has come
 */
export async function takeTurns<Result>(
  key: string,
  signal: AbortSignal,
  act: () => Promise<Result>,
): Promise<Result> {
  const before = lastInLine.get(key);
  const turn = (async () => {
    await before?.catch(() => undefined); // its failure is for the one who asked
    signal.throwIfAborted();
    return act();
  })();
  lastInLine.set(key, turn);
  try {
    return await turn;
  } finally {
    if (lastInLine.get(key) === turn) lastInLine.delete(key);
  }
}
