import { describe, expect, test } from '@jest/globals';
import { readOutput } from '../testing/formats/shape-of-text.ts';
import { renderFormat } from '../testing/formats/render-format.ts';
import {
  failWith,
  NOTHING_JUDGED,
  THREE_RESULTS,
  withOutcomes,
} from '../testing/formats/three-results.ts';
import { readCommands } from '../testing/formats/workflow-commands.ts';
import { FORMATS } from './formats.ts';

const allRight = THREE_RESULTS.find(({ name }) => name === 'all-right')?.result ?? NOTHING_JUDGED;
const BROKEN = { status: 'broken', error: 'no port' } as const;
const someBroken = withOutcomes(allRight, {
  'http_serve5/images': BROKEN,
  'http_serve2/date': BROKEN,
  'athome/time-page': { status: 'not-judged', because: 'it has no process' },
});

async function read(format: string, result = someBroken): Promise<unknown> {
  const text = await renderFormat(format, result);
  return JSON.parse(
    format === 'classroom' ? readOutput(text) : (text.trimEnd().split('\n\n').at(-1) ?? ''),
  );
}

describe('what the grader broke, or could not ask, takes nothing from right work', () => {
  test('gradescope makes up for its points', async () => {
    expect(await read('gradescope')).toMatchObject({ score: 100 });
  });

  test('autolab makes up for its points, stage by stage', async () => {
    expect(await read('autolab')).toEqual({
      scores: { echo_server: 5, http_serve2: 25, http_serve5: 50, athome: 20 },
      scoreboard: [100],
    });
  });

  test('prairielearn gives all there is', async () => {
    expect(await read('prairielearn')).toMatchObject({ gradable: true, score: 1 });
  });

  test('classroom50 counts it on neither side', async () => {
    expect(await read('classroom50')).toMatchObject({ score: 70, 'max-score': 70 });
  });

  test.each(['classroom50', 'classroom', 'exercism'])(
    '%s calls no test of it wrong',
    async (format) => {
      expect(JSON.stringify(await read(format))).not.toMatch(/"passed":false|"status":"fail"/);
    },
  );

  test('check50 says neither yes nor no', async () => {
    const text = await renderFormat('check50', someBroken);
    expect(text.match(/"passed": (?:null|false)/g)).toEqual(Array(3).fill('"passed": null'));
  });

  test.each(['junit', 'junit-strict'])('%s has errors, and no failure', async (format) => {
    const text = await renderFormat(format, someBroken);
    expect(text).not.toContain('<failure');
    expect(text.match(/<error /g)).toHaveLength(2);
  });

  test('tap fails no point', async () => {
    expect(await renderFormat('tap', someBroken)).not.toMatch(/^not ok/m);
  });

  test('github has warnings, and no error', async () => {
    const commands = readCommands(await renderFormat('github', someBroken));
    expect(commands.map(({ name }) => name)).toEqual(['warning', 'warning', 'stop-commands']);
  });

  test.each(
    Object.keys(FORMATS).filter(
      (name) => !['json', 'classroom50', 'classroom', 'exercism'].includes(name),
    ),
  )('%s says whose fault it is', async (format) => {
    expect(await renderFormat(format, someBroken)).toMatch(/not your bug/);
  });
});

describe('where nothing was judged there is no grade', () => {
  test('gradescope gets no score, and so takes the autograder for broken', async () => {
    const result = await read('gradescope', NOTHING_JUDGED);
    expect(result).not.toHaveProperty('score');
    expect(JSON.stringify(result)).not.toMatch(/"score"|"status"/);
  });

  test('prairielearn cannot grade it', async () => {
    expect(await read('prairielearn', NOTHING_JUDGED)).toMatchObject({ gradable: false });
  });

  test('autolab hears of no problem', async () => {
    expect(await read('autolab', NOTHING_JUDGED)).toMatchObject({ scores: {} });
  });

  test('classroom50 gets nothing out of nothing', async () => {
    expect(await read('classroom50', NOTHING_JUDGED)).toMatchObject({
      score: 0,
      'max-score': 0,
      tests: [],
    });
  });

  test('exercism and classroom call it an error', async () => {
    expect(await read('exercism', NOTHING_JUDGED)).toMatchObject({ status: 'error', tests: [] });
    expect(await read('classroom', NOTHING_JUDGED)).toMatchObject({ status: 'error', tests: [] });
  });
});

describe('a bonus', () => {
  const noBonus = withOutcomes(allRight, { 'http_serve2/date': failWith('missing-header') });
  const instead = withOutcomes(allRight, { 'athome/time-page': failWith('stale-time') });

  test('goes above what is possible where that is allowed', async () => {
    expect(await read('gradescope', allRight)).toMatchObject({ score: 103 });
    expect(await read('autolab', allRight)).toMatchObject({ scoreboard: [103] });
  });

  test('goes as far as is possible where it is not', async () => {
    expect(await read('classroom50', allRight)).toMatchObject({ score: 100, 'max-score': 100 });
    expect(await read('classroom50', instead)).toMatchObject({ score: 93, 'max-score': 100 });
    expect(await read('prairielearn', allRight)).toMatchObject({ score: 1 });
    expect(await read('prairielearn', instead)).toMatchObject({ score: 0.93 });
  });

  test('that is not earned fails nothing', async () => {
    expect(await read('exercism', noBonus)).toMatchObject({ status: 'pass' });
    expect(await read('classroom', noBonus)).toMatchObject({ status: 'pass' });
    expect(await renderFormat('junit', noBonus)).toContain('failures="0" errors="0" skipped="1"');
    expect(await renderFormat('tap', noBonus)).toMatch(
      /^not ok 5 .* # TODO a bonus is not required$/m,
    );
    const [command] = readCommands(await renderFormat('github', noBonus));
    expect(command).toMatchObject({ name: 'warning' });
  });
});
