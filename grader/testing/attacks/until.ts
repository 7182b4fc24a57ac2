/** Waits until something holds, ten seconds at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to hold within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
