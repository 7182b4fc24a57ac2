import { expect, test } from '@jest/globals';
import { CheckFailure } from '../../model/errors.ts';
import { explained, failure } from './failure.ts';

const judge = (): Promise<never> => Promise.reject(failure('wrong-status', 'It answers 404.'));

async function diagnosisOf(find: () => Promise<string | undefined>) {
  const error: unknown = await explained(judge, find).catch((each: unknown) => each);
  if (!(error instanceof CheckFailure)) throw error;
  return error.diagnosis;
}

test('what is found behind a failure is added to it', async () => {
  const found = 'Without the slash it is answered.';
  expect(await diagnosisOf(() => Promise.resolve(found))).toMatchObject({
    code: 'wrong-status',
    note: found,
  });
});

test('a failure while it is looked for does not stand in for the first', async () => {
  const late = failure('silent', 'It answered nothing.');
  expect(await diagnosisOf(() => Promise.reject(late))).toMatchObject({ code: 'wrong-status' });
});

test('what breaks while it is looked for is no failure of the program', async () => {
  await expect(diagnosisOf(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
