import { expect, it } from '@jest/globals';
import { isOrphaned, nameThisProcess } from './run-owner.ts';

const [user, boot, namespace, pid, began] = nameThisProcess().split('/');
const named = (...parts: readonly (string | undefined)[]): string => parts.join('/');

it('leaves alone what belongs to a process that lives', () => {
  expect(isOrphaned(nameThisProcess())).toBe(false);
});

it('knows what belongs to a process that is gone, or was there before the machine started', () => {
  expect(isOrphaned(named(user, boot, namespace, pid, `${began ?? ''}0`))).toBe(true);
  expect(isOrphaned(named(user, 'another', namespace, pid, began))).toBe(true);
});

it('leaves alone what belongs to somebody else, or cannot be seen from here', () => {
  expect(isOrphaned(named('99', 'another', namespace, pid, began))).toBe(false);
  expect(isOrphaned(named(user, boot, 'pid:[1]', pid, '1'))).toBe(false);
  expect(isOrphaned('')).toBe(false);
});
