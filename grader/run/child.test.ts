import { expect, it } from '@jest/globals';
import { Child } from './child.ts';
import type { Confine } from './confine.ts';
import { choosePlatform } from './platform/choose.ts';
import { unconfined } from './process-group.ts';

it.each([
  { what: 'cannot be tried', argument: 'a\0b' },
  { what: 'comes to nothing', argument: 'ab' },
])('gives back what was opened for a start that $what', async ({ argument }) => {
  const released: boolean[] = [];
  const confine: Confine = (launch, platform) => ({
    ...unconfined(launch, platform),
    release: (hasStarted) => void released.push(hasStarted),
  });
  const start = Child.start(
    {
      command: ['/no/such/program', argument],
      cwd: '/',
      env: { WIREGRADE_MARK: 'wiregrade-test-of-release.' },
    },
    { platform: choosePlatform(process.platform), confine },
  );
  await expect(start).rejects.toThrow(/null bytes|no such program/);
  expect(released).toEqual([false]);
});
