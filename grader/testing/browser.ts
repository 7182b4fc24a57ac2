import { afterAll, afterEach, beforeAll, test } from '@jest/globals';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine that pages are tested in; undefined where it has none. */
export const CHROMIUM = PLACES.find(isExecutable);

/** For the title of a test that needs the browser: why it is skipped, or nothing. */
export const WHY_NOT =
  CHROMIUM === undefined ? ` (skipped: there is none of ${PLACES.join(', ')})` : '';

/** Starts it with a profile of its own, which is removed when it is closed. */
export function openBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(`there is none of ${PLACES.join(', ')}`);
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      // Names lead nowhere, so that not even a page that is broken reaches the network.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** A page of files on disk, and what it did that it should not have done. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors, warnings of its policy, requests to anywhere but the folder, windows, dialogues. */
  readonly trouble: readonly string[];
  readonly close: () => Promise<void>;
}

export interface PagePlace {
  readonly folder: string;
  /** Relative to the folder. */
  readonly address: string;
}

/** Opens a page of a folder. */
export async function watchPage(
  browser: Browser,
  { folder, address }: PagePlace,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const base = `${pathToFileURL(folder).href}/`;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('popup', (popup) => trouble.push(`window: ${popup.url()}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialogue: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url.startsWith(base)) return route.continue();
    trouble.push(`request: ${url}`);
    return route.abort();
  });
  await page.goto(new URL(address, base).href);
  return { page, trouble, close: () => context.close() };
}

/** The browser for the tests of a file, and the page that the current one looks at. */
export interface TestBrowser {
  /** Opens a page; the one before must have been closed. */
  readonly open: (place: PagePlace, options?: BrowserContextOptions) => Promise<Page>;
  /** What that page did that it should not have done. */
  readonly trouble: () => readonly string[];
  /** Closes it, which the end of a test does as well. */
  readonly close: () => Promise<void>;
}

/** For a test that needs the browser. */
export const testInBrowser = CHROMIUM === undefined ? test.skip : test;

/** Opens the browser before the tests of a file, and closes it behind them. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  let watched: WatchedPage | undefined;
  const close = async (): Promise<void> => {
    await watched?.close();
    watched = undefined;
  };
  beforeAll(async () => {
    if (CHROMIUM !== undefined) browser = await openBrowser();
  });
  afterEach(close);
  afterAll(() => browser?.close());
  return {
    open: async (place, options) => {
      if (!browser) throw new Error('the browser did not start');
      watched = await watchPage(browser, place, options);
      return watched.page;
    },
    trouble: () => {
      if (!watched) throw new Error('no page was opened');
      return watched.trouble;
    },
    close,
  };
}

/** Writes files into a fresh folder of the system's, by their paths. Who makes it removes it. */
export function writeFolder(files: ReadonlyMap<string, string>): {
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
