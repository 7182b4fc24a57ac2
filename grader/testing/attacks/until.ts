/** Waits until something holds, ten seconds at most, or as long as is said. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end)
      throw new Error(`it did not come to hold within ${String(withinMs)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
