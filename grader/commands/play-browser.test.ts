import { describe, expect, it, jest } from '@jest/globals';
import { openBrowser, WHY_NOT } from '../testing/browser.ts';
import { startLive } from '../testing/start-live.ts';

jest.setTimeout(120_000);

const itInABrowser = WHY_NOT === '' ? it : it.skip;

describe('play', () => {
  itInABrowser(`shows a browser what the server shows it, and tells of it${WHY_NOT}`, async () => {
    const play = startLive(['play', 'week02', 'http_serve5', '--solutions']);
    const browser = await openBrowser();
    try {
      const [, address = ''] = await play.shows(/^open +(\S+)\/\n/m);
      const page = await browser.newPage();
      const reply = await page.goto(`${address}/images/lighthouse.jpg`);
      expect(reply?.status()).toBe(200);
      const width = await page.evaluate('document.images[0].naturalWidth');
      expect(width).toBeGreaterThan(0);
      const size = (await reply?.body())?.byteLength ?? 0;
      await play.shows(/C \(-->\): GET \/images\/lighthouse\.jpg HTTP\/1\.1<CRLF>\n/);
      await play.shows(/C \(-->\): User-Agent: [^#]*Chrome/);
      await play.shows(/S \(<--\): Content-Type: image\/jpeg<CRLF>\n/);
      await play.shows(new RegExp(`S \\(<--\\): ${String(size)} bytes of image/jpeg\n`));
    } finally {
      await browser.close();
      expect(await play.stop()).toEqual({ exitCode: 0, left: [] });
    }
  });
});
