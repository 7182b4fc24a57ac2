/** Looks again until it is so. @throws Error after half a minute */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not within half a minute: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
