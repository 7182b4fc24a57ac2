import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { makeClass } from '../../testing/believable-class.ts';
import {
  CHROMIUM,
  openBrowser,
  watchPage,
  WHY_NOT,
  writeFolder,
  type WatchedPage,
} from '../../testing/browser.ts';
import { renderClass } from '../../testing/class-files.ts';
import { makeHostileClass } from '../../testing/hostile-class.ts';
import { feedbackLink } from './feedback-file.ts';

const testWhere = CHROMIUM === undefined ? test.skip : test;
const believable = makeClass(30);
const hostile = makeHostileClass();
const folders = {
  believable: writeFolder(renderClass(believable)),
  hostile: writeFolder(renderClass(hostile)),
};

let browser: Browser | undefined;
let watched: WatchedPage | undefined;

beforeAll(async () => {
  if (CHROMIUM !== undefined) browser = await openBrowser();
});
afterEach(async () => {
  await watched?.close();
  watched = undefined;
});
afterAll(async () => {
  await browser?.close();
  for (const { remove } of Object.values(folders)) remove();
});

async function open(which: keyof typeof folders, id: string): Promise<Page> {
  if (!browser) throw new Error('the browser did not start');
  const place = { folder: folders[which].folder, address: feedbackLink(id) };
  watched = await watchPage(browser, place, { viewport: { width: 360, height: 800 } });
  return watched.page;
}

describe(`feedback in a browser${WHY_NOT}`, () => {
  testWhere('tells the score, and each hint when it is asked for', async () => {
    const failing = believable.records.find(({ outcome }) =>
      JSON.stringify(outcome).includes('lf-only'),
    );
    const page = await open('believable', failing?.student.id ?? '');
    expect(await page.locator('.score').textContent()).toMatch(/^[\d.]+ of 100 points$/);
    const hint = page.getByText('Look at the bytes').first();
    expect(await hint.isVisible()).toBe(false);
    await page.getByText('Hint 2 of 3').first().click();
    expect(await hint.isVisible()).toBe(true);
    expect(watched?.trouble).toEqual([]);
  });

  testWhere(
    'runs nothing, asks for nothing and is as narrow as a telephone, whatever is in it',
    async () => {
      const page = await open('hostile', hostile.records[0]?.student.id ?? '');
      const base = `${pathToFileURL(folders.hostile.folder).href}/`;
      // Those without a grade differ in a word alone.
      for (const { student, outcome } of hostile.records) {
        if (outcome.status === 'nothing' || outcome.status === 'broken') continue;
        await page.goto(new URL(feedbackLink(student.id), base).href);
        await page.evaluate(
          "document.querySelectorAll('details').forEach((each) => (each.open = true))",
        );
        expect(await page.evaluate('typeof globalThis.hacked')).toBe('undefined');
        expect({
          id: student.id,
          width: await page.evaluate('document.documentElement.scrollWidth'),
        }).toEqual({ id: student.id, width: 360 });
      }
      expect(watched?.trouble).toEqual([]);
    },
  );
});
