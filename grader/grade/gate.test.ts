import { expect, test } from '@jest/globals';
import { Gate, type Share } from './gate.ts';

/** Notes when each act begins and ends, and lets the test end it. */
function stage() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const act = (name: string) => async (): Promise<void> => {
    log.push(`${name} begins`);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    log.push(`${name} ends`);
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await settle();
  };
  return { log, act, end };
}

/** All that can happen without another event has happened by then. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test('acts go on side by side', async () => {
  const { log, act } = stage();
  const gate = new Gate();
  void gate.share(act('a'));
  void gate.share(act('b'));
  await settle();
  expect(log).toEqual(['a begins', 'b begins']);
});

test('one that wants to be alone waits for those under way, and holds back those to come', async () => {
  const { log, act, end } = stage();
  const gate = new Gate();
  void gate.share(act('before'));
  void gate.share(({ alone }) => alone(act('lone')));
  await settle();
  void gate.share(act('after'));
  await settle();
  expect(log).toEqual(['before begins']);
  await end('before');
  expect(log.slice(1)).toEqual(['before ends', 'lone begins']);
  await end('lone');
  expect(log.slice(3)).toEqual(['lone ends', 'after begins']);
});

test('two that want to be alone at once go one after the other, before all others', async () => {
  const { log, act, end } = stage();
  const gate = new Gate();
  const first = gate.share(({ alone }) => alone(act('first')));
  const second = gate.share(({ alone }) => alone(act('second')));
  await settle();
  void gate.share(act('other'));
  await settle();
  expect(log).toEqual(['first begins']);
  await end('first');
  expect(log).toEqual(['first begins', 'first ends', 'second begins']);
  await end('second');
  await Promise.all([first, second]);
  expect(log.slice(3)).toEqual(['second ends', 'other begins']);
});

test('one that rests is not waited for, and does not begin again meanwhile', async () => {
  const { log, act, end } = stage();
  const gate = new Gate();
  void gate.share(async ({ without }) => {
    await without(act('rest'));
    log.push('goes on');
  });
  void gate.share(({ alone }) => alone(act('lone')));
  await settle();
  expect(log).toEqual(['rest begins', 'lone begins']);
  await end('rest');
  expect(log.slice(2)).toEqual(['rest ends']);
  await end('lone');
  expect(log.slice(3)).toEqual(['lone ends', 'goes on']);
});

test('what fails lets the others go on', async () => {
  const gate = new Gate();
  const fail = (): Promise<never> => Promise.reject(new Error('no'));
  const ways: ((share: Share) => Promise<never>)[] = [
    fail,
    ({ without }) => without(fail),
    ({ alone }) => alone(fail),
  ];
  for (const way of ways) await expect(gate.share(way)).rejects.toThrow('no');
  const { log, act } = stage();
  void gate.share(({ alone }) => alone(act('lone')));
  await settle();
  expect(log).toEqual(['lone begins']);
});

test('any number of acts that rest and want to be alone come to their end', async () => {
  const gate = new Gate();
  let [shared, lone] = [0, 0];
  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const apart = async (): Promise<void> => {
    lone += 1;
    expect([shared, lone]).toEqual([0, 1]);
    await pause();
    lone -= 1;
  };
  const together = async (): Promise<void> => {
    shared += 1;
    expect(lone).toBe(0);
    await pause();
    shared -= 1;
  };
  const acts = Array.from({ length: 50 }, (_, index) =>
    gate.share(async ({ alone, without }) => {
      await together();
      if (index % 3 === 0) await without(pause);
      if (index % 2 === 0) await alone(apart);
      await together();
    }),
  );
  await Promise.all(acts);
  expect([shared, lone]).toEqual([0, 0]);
});
