import { expect, test } from '@jest/globals';
import { isLabSource } from './lab-sources.ts';

const STAGES = [{ id: 'echo' }, { id: 'http' }];

test.each(['lab.ts', 'planted.ts', 'https.ts', 'starters.json', 'echo/checks.ts'])(
  'a lab is made of %s',
  (path) => {
    expect(isLabSource(path, STAGES)).toBe(true);
  },
);

test.each([
  ...['echo.ts', 'http.ts', 'echo.py', 'echo/echo.ts', 'echo/server.ts'],
  ...['README.md', 'echo/deep/checks.ts', 'web/page.html'],
])('and not of %s', (path) => {
  expect(isLabSource(path, STAGES)).toBe(false);
});
