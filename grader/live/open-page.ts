/**
 * Opens a page in the user's browser.
 *
 * @returns whether there is a browser that could be started
 */
export async function openPage(url: string): Promise<boolean> {
  const { default: open } = await import('open');
  try {
    const browser = await open(url);
    // It may turn out later that it cannot start; the page can be opened by hand all the same.
    browser.on('error', () => undefined);
    return true;
  } catch {
    return false;
  }
}
