import { afterAll, describe, expect } from '@jest/globals';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { TEMPLATES } from '../../course/templates.ts';
import { seededRandom } from '../../lab/random.ts';
import type { CheckResult, LabResult } from '../../model/result.ts';
import { makeResult } from '../../testing/believable-result.ts';
import { testInBrowser, useBrowser, WHY_NOT, writeFolder } from '../../testing/browser.ts';
import { renderHtml } from './render-html.ts';

const html = renderHtml(withEveryOutcome(makeResult('ada', 50, seededRandom(7, 'report'))), {
  templates: TEMPLATES,
  again: (stage) => `npm run grade week02 ${stage}`,
  goOn: 'npm run next week02',
});
const { folder, remove } = writeFolder(new Map([['report.html', html]]));

const browser = useBrowser();
afterAll(() => {
  remove();
});

/** A check for each other way to end, beside those that failed. */
function withEveryOutcome(result: LabResult): LabResult {
  const [first, ...others] = result.stages;
  const [check] = first?.checks ?? [];
  if (!first || !check) throw new Error('there is no check');
  const ended: readonly CheckResult[] = [
    { ...check, id: 'echo_server/a', outcome: { status: 'skipped', because: 'it builds on b' } },
    { ...check, id: 'echo_server/b', outcome: { status: 'broken', error: 'no port is free' } },
    { ...check, id: 'echo_server/c', outcome: { status: 'not-judged', because: 'no process' } },
    { ...check, id: 'echo_server/d', outcome: { status: 'passed', remarks: ['It is slow.'] } },
  ];
  return { ...result, stages: [{ ...first, checks: [...first.checks, ...ended] }, ...others] };
}

function open(options: BrowserContextOptions = {}): Promise<Page> {
  return browser.open({ folder, address: 'report.html' }, options);
}

const UNFOLD = "document.querySelectorAll('details').forEach((each) => (each.open = true))";

describe(`the report in a browser${WHY_NOT}`, () => {
  testInBrowser.each([
    { colorScheme: 'light', width: 1000 },
    { colorScheme: 'dark', width: 1000 },
    { colorScheme: 'light', width: 320 },
  ] as const)(
    'axe finds nothing wrong with it ($colorScheme, $width px wide), folded or not',
    async ({ colorScheme, width }) => {
      const page = await open({ colorScheme, viewport: { width, height: 800 } });
      await page.evaluate(axe.source);
      for (const step of ['0', UNFOLD]) {
        await page.evaluate(step);
        const found = await page.evaluate(
          'axe.run().then(({ violations, passes }) => ({ violations: violations.map(({ id, nodes }) => [id, nodes[0].html]), rules: passes.length }))',
        );
        expect(found).toEqual({ violations: [], rules: expect.any(Number) });
      }
      expect(browser.trouble()).toEqual([]);
    },
  );

  testInBrowser('nothing but its bytes is wider than a small telephone', async () => {
    const page = await open({ viewport: { width: 320, height: 800 } });
    await page.evaluate(UNFOLD);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  testInBrowser('what is folded opens by the keyboard, and one sees where one is', async () => {
    const page = await open();
    const told = page.getByText('What does a client expect to read first?').first();
    expect(await told.isVisible()).toBe(false);
    await page.keyboard.press('Tab');
    const isOn = "document.activeElement.textContent === 'Hint 1 of 3'";
    for (let presses = 0; presses < 200 && !(await page.evaluate(isOn)); presses += 1) {
      await page.keyboard.press('Tab');
    }
    const outline = 'getComputedStyle(document.activeElement).outlineStyle';
    expect(await page.evaluate(outline)).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await told.isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await told.isVisible()).toBe(false);
  });

  testInBrowser('the exchange is a sequence of messages, with their bytes on demand', async () => {
    const page = await open();
    const article = page.locator('article').filter({ hasText: 'lf-only' }).first();
    await article.getByText('The exchange: 2 messages').click();
    expect(await article.locator('.step').allInnerTexts()).toEqual([
      ...['The client connects\n1 ms', 'The client sends 41 bytes\n1 ms'],
      ...['The server sends 56 bytes\n3 ms', 'The server closes its side\n4 ms'],
    ]);
    expect(await article.locator('.wire > div').nth(3).innerText()).toBe(
      'S (<--): HTTP/1.1 200 OK<LF>',
    );
    const byte = article.locator('.bytes .wrong');
    expect(await byte.isVisible()).toBe(false);
    await article.getByText('All 56 bytes, with their offsets').click();
    expect(await byte.innerText()).toBe('\\n');
  });

  testInBrowser('on paper all is told that is folded, but for the bytes', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    const shown = async (text: string): Promise<boolean> =>
      page.getByText(text).first().isVisible();
    expect(await shown('What does a client expect to read first?')).toBe(true);
    expect(await shown('The client sends 41 bytes')).toBe(true);
    expect(await page.locator('.checks').first().isVisible()).toBe(true);
    expect(await shown('All 41 bytes, with their offsets')).toBe(false);
  });

  testInBrowser('its policy stops what would be brought into it', async () => {
    const page = await open();
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src="http://example.org/x.png" onerror="hacked=1"><p style="color: red" onclick="hacked=1">x</p>')`,
    );
    await page.locator('p').last().click();
    expect(await page.evaluate('typeof globalThis.hacked')).toBe('undefined');
    expect(browser.trouble().filter((each) => each.startsWith('request:'))).toEqual([]);
    expect(browser.trouble().join('\n')).toMatch(/violates the following Content Security Policy/);
  });
});
