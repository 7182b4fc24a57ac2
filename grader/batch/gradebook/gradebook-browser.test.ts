import { afterAll, describe, expect } from '@jest/globals';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { makeClass } from '../../testing/believable-class.ts';
import { testInBrowser, useBrowser, WHY_NOT, writeFolder } from '../../testing/browser.ts';
import { renderClass } from '../../testing/class-files.ts';
import { makeHostileClass } from '../../testing/hostile-class.ts';

const believable = makeClass(60);
const hostile = makeHostileClass();
const folders = {
  believable: writeFolder(renderClass(believable)),
  hostile: writeFolder(renderClass(hostile)),
};

const browser = useBrowser();
afterAll(() => {
  for (const { remove } of Object.values(folders)) remove();
});

function open(which: keyof typeof folders, options: BrowserContextOptions = {}): Promise<Page> {
  const place = { folder: folders[which].folder, address: 'gradebook.html' };
  return browser.open(place, options);
}

const rowsOf = (page: Page): Locator => page.locator('#students tbody tr:visible');

/** What stands in a column, from above, as the page sorts it. */
function readColumn(page: Page, table: string, column: number): Promise<readonly string[]> {
  const rows = `[...document.querySelectorAll('${table} tbody tr')]`;
  return readStrings(page, `${rows}.map((row) => row.cells[${String(column)}].dataset.sort)`);
}

async function readStrings(page: Page, expression: string): Promise<readonly string[]> {
  const values: unknown = await page.evaluate(expression);
  return Array.isArray(values) ? values.map(String) : [];
}

describe(`the gradebook in a browser${WHY_NOT}`, () => {
  testInBrowser.each(['#students', '#checks'])(
    'sorts %s by each of its columns, both ways',
    async (id) => {
      const page = await open('believable');
      const table = page.locator(id);
      const headings = await table.locator('thead th').all();
      expect(headings.length).toBeGreaterThan(6);
      for (const [column, heading] of headings.entries()) {
        const isNumber = (await heading.getAttribute('data-kind')) === 'number';
        const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
        const compare = (a: string, b: string): number =>
          isNumber ? Number(a) - Number(b) : collator.compare(a, b);
        const before = await readColumn(page, id, column);
        for (const direction of ['ascending', 'descending']) {
          await heading.getByRole('button').click();
          expect(await heading.getAttribute('aria-sort')).toBe(direction);
          expect(await table.locator('[aria-sort]').count()).toBe(1);
          const sorted = await readColumn(page, id, column);
          const full = before.filter((each) => each !== '').sort(compare);
          if (direction === 'descending') full.reverse();
          const empty = before.filter((each) => each === '');
          expect(sorted.map((each) => each.toLowerCase())).toEqual(
            [...full, ...empty].map((each) => each.toLowerCase()),
          );
        }
      }
      expect(browser.trouble()).toEqual([]);
    },
  );

  testInBrowser('finds students by words, by status, and by their mistakes', async () => {
    const page = await open('believable');
    const words = page.getByLabel('Find by');
    const shown = page.getByRole('status');
    expect(await shown.textContent()).toBe('All 60 students');

    await words.fill('jose');
    const josés = believable.records.filter(({ student }) => student.name.startsWith('José'));
    expect(josés.length).toBeGreaterThan(0);
    expect(await rowsOf(page).count()).toBe(josés.length);
    expect(await shown.textContent()).toBe(`${String(josés.length)} of 60 students shown`);

    await words.fill('lf-only');
    const lf = believable.records.filter(({ outcome }) =>
      JSON.stringify(outcome).includes('lf-only'),
    );
    expect(await rowsOf(page).count()).toBe(lf.length);

    await words.fill('S0001 grace');
    expect(await rowsOf(page).count()).toBe(1);

    await words.fill('');
    await page.getByLabel('Status').selectOption('nothing');
    const nothing = believable.records.filter(({ outcome }) => outcome.status === 'nothing');
    expect(await rowsOf(page).count()).toBe(nothing.length);

    await words.fill('no such student');
    expect(await shown.textContent()).toBe('0 of 60 students shown');
    expect(browser.trouble()).toEqual([]);
  });

  testInBrowser('is worked by the keyboard alone', async () => {
    const page = await open('believable');
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab');
    await page.keyboard.type('jose');
    const found = await rowsOf(page).count();
    expect(found).toBeLessThan(60);
    await press('Escape');
    expect(await rowsOf(page).count()).toBe(60);
    // The status, the table itself, which the arrows scroll, and the first heading.
    await press('Tab', 'Tab', 'Tab', 'Enter');
    const first = page.getByRole('columnheader', { name: 'Student' });
    expect(await first.getAttribute('aria-sort')).toBe('ascending');
    await press('Space');
    expect(await first.getAttribute('aria-sort')).toBe('descending');
    expect(await page.evaluate("document.activeElement.matches(':focus-visible')")).toBe(true);
    const mistake = page.locator('summary').first();
    await mistake.focus();
    await press('Enter');
    expect(await page.locator('details[open] a').count()).toBeGreaterThan(0);
  });

  testInBrowser('is read, and has no dead buttons, where no script runs', async () => {
    const page = await open('believable', { javaScriptEnabled: false });
    expect(await rowsOf(page).count()).toBe(60);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByLabel('Find by').isVisible()).toBe(false);
    expect(await page.getByRole('img', { name: 'How many students' }).isVisible()).toBe(true);
  });

  testInBrowser.each(['believable', 'hostile'] as const)(
    'every link of the %s class leads to a file',
    async (which) => {
      const page = await open(which);
      const links = await readStrings(
        page,
        "[...document.querySelectorAll('a')].map((a) => a.href)",
      );
      expect(links.length).toBeGreaterThan(60);
      const paths = links.map((link) => fileURLToPath(link));
      expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    },
  );

  testInBrowser('leads to the feedback by a click', async () => {
    const page = await open('believable');
    await page.locator('#students tbody a').first().click();
    expect(await page.title()).toBe('Feedback on week02: an HTTP server from raw sockets');
    expect(browser.trouble()).toEqual([]);
  });

  testInBrowser.each([360, 768, 1280])('is no wider than a window of %d pixels', async (width) => {
    for (const which of ['believable', 'hostile'] as const) {
      const page = await open(which, { viewport: { width, height: 800 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await browser.close();
    }
  });

  testInBrowser('runs nothing that a hostile class brings, whatever is pressed', async () => {
    const page = await open('hostile');
    const { length } = hostile.records;
    expect(await rowsOf(page).count()).toBe(length);
    for (const button of await page.getByRole('button').all()) await button.click();
    await page.evaluate(
      "document.querySelectorAll('details').forEach((each) => (each.open = true))",
    );
    await page.getByLabel('Find by').fill('<script>');
    expect(await rowsOf(page).count()).toBeGreaterThan(0);
    await page.getByLabel('Find by').fill('');
    expect(await rowsOf(page).count()).toBe(length);
    expect(await page.evaluate('typeof globalThis.hacked')).toBe('undefined');
    expect(browser.trouble()).toEqual([]);
  });

  testInBrowser('is printed whole, in daylight, and nothing lies over anything else', async () => {
    const page = await open('believable', {
      colorScheme: 'dark',
      viewport: { width: 1000, height: 700 },
    });
    await page.emulateMedia({ media: 'print' });
    const edge = (selector: string, side: string): Promise<unknown> =>
      page.evaluate(`document.querySelector('${selector}').getBoundingClientRect().${side}`);
    expect(Number(await edge('#students', 'bottom'))).toBeLessThan(
      Number(await edge('#scores-heading', 'top')),
    );
    expect(Number(await edge('#checks', 'bottom'))).toBeLessThan(
      Number(await edge('#mistakes-heading', 'top')),
    );
    expect(await page.getByLabel('Find by').isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
    expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
  });

  testInBrowser('opens for printing what is closed', async () => {
    const page = await open('believable');
    const opened = page.locator('details[open]');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await opened.count()).toBe(await page.locator('details').count());
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await opened.count()).toBe(0);
  });
});
