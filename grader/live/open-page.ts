import type { Environment } from '../run/environment.ts';

/**
 * Opens a page in the user's browser.
 *
 * @returns whether there is a browser that could be started
 */
export async function openPage(url: string, environment: Environment): Promise<boolean> {
  if (!hasDisplay(environment)) return false;
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

/** Without a display, one of the browsers for a terminal would take this one. */
function hasDisplay(environment: Environment): boolean {
  if (process.platform !== 'linux') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'].some(
    (name) => (environment[name] ?? '') !== '',
  );
}
