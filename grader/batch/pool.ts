/**
 * Does all tasks, each in a slot of its own while it lasts.
 *
 * @throws what the first task throws, once those under way have ended; no more are begun then
 */
export async function runInSlots<Task, Slot>(
  tasks: readonly Task[],
  slots: readonly Slot[],
  act: (task: Task, slot: Slot, index: number) => Promise<void>,
): Promise<void> {
  const waiting = [...tasks];
  let failed = false;
  const serve = async (slot: Slot, index: number): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined && !failed; task = waiting.shift()) {
      try {
        await act(task, slot, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(slots.map(serve));
  const failure = ended.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
}
