import { afterAll, describe, expect } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { makeClass } from '../../testing/believable-class.ts';
import { testInBrowser, useBrowser, WHY_NOT, writeFolder } from '../../testing/browser.ts';
import { renderClass } from '../../testing/class-files.ts';
import { makeHostileClass } from '../../testing/hostile-class.ts';
import { feedbackLink } from './feedback-file.ts';

const believable = makeClass(30);
const hostile = makeHostileClass();
const folders = {
  believable: writeFolder(renderClass(believable)),
  hostile: writeFolder(renderClass(hostile)),
};

const browser = useBrowser();
afterAll(() => {
  for (const { remove } of Object.values(folders)) remove();
});

function open(which: keyof typeof folders, id: string): Promise<Page> {
  const place = { folder: folders[which].folder, address: feedbackLink(id) };
  return browser.open(place, { viewport: { width: 360, height: 800 } });
}

describe(`feedback in a browser${WHY_NOT}`, () => {
  testInBrowser('tells the score, and each hint when it is asked for', async () => {
    const failing = believable.records.find(({ outcome }) =>
      JSON.stringify(outcome).includes('lf-only'),
    );
    const page = await open('believable', failing?.student.id ?? '');
    expect(await page.locator('.score').textContent()).toMatch(/^[\d.]+ of 100 points$/);
    const hint = page.getByText('Look at the bytes').first();
    expect(await hint.isVisible()).toBe(false);
    await page.getByText('Hint 2 of 3').first().click();
    expect(await hint.isVisible()).toBe(true);
    expect(browser.trouble()).toEqual([]);
  });

  testInBrowser(
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
      expect(browser.trouble()).toEqual([]);
    },
  );
});
