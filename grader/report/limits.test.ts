import { describe, expect, test } from '@jest/globals';
import type { LabResult } from '../model/result.ts';
import { renderFormat } from '../testing/formats/render-format.ts';
import { failWith, NOTHING_JUDGED, withOutcomes } from '../testing/formats/three-results.ts';
import { readCommands } from '../testing/formats/workflow-commands.ts';
import { shapeOfMarkdown } from '../testing/formats/shape-of-text.ts';
import { spoilResult } from '../testing/spoil-result.ts';

/** A stage of `count` checks, of which all fail, each with as much text as can be. */
function failOften(count: number): LabResult {
  const spoiled = spoilResult(NOTHING_JUDGED, '<wörds> & "more" of them\n'.repeat(20));
  const [stage] = spoiled.stages;
  const check = spoiled.stages
    .flatMap(({ checks }) => checks)
    .find(({ outcome }) => outcome.status === 'failed');
  if (!stage || !check) throw new Error('nothing failed');
  const checks = Array.from({ length: count }, (_, index) => ({
    ...check,
    id: `${stage.id}/check-${String(index)}`,
  }));
  return { ...spoiled, stages: [{ ...stage, checks }] };
}

describe('github', () => {
  test('shows ten errors and ten warnings, the first ones first, and counts the rest', async () => {
    const result = failOften(12);
    const [stage] = result.stages;
    const bonuses = (stage?.checks ?? []).map((check) => ({ ...check, bonus: true }));
    const broken = bonuses.map((check) => ({
      ...check,
      outcome: { status: 'broken', error: 'x' } as const,
    }));
    const stages = stage
      ? [{ ...stage, checks: [...bonuses.slice(0, 9), ...stage.checks, ...broken.slice(0, 3)] }]
      : [];
    const commands = readCommands(await renderFormat('github', { ...result, stages }));
    const names = commands.map(({ name }) => name);
    expect(names).toEqual([
      ...Array<string>(10).fill('error'),
      ...Array<string>(10).fill('warning'),
      ...['notice', 'stop-commands'],
    ]);
    expect(commands[0]?.properties.title).toContain('/check-0:');
    // What broke matters more than a bonus.
    expect(commands.slice(10, 13).every(({ message }) => message.includes('not your bug'))).toBe(
      true,
    );
    expect(commands[20]?.message).toContain('4 annotations more');
  });

  test('names a file from the top of the repository, and none where there is none', async () => {
    const lost = failWith('silent');
    const result = withOutcomes(NOTHING_JUDGED, { 'echo_server/line': lost });
    const fileOf = async (path: string): Promise<string | undefined> => {
      const submission = { id: 'x', path };
      const commands = readCommands(await renderFormat('github', { ...result, submission }));
      return commands.find(({ name }) => name === 'error')?.properties.file;
    };
    expect(await fileOf('labs/week02')).toBe('labs/week02/echo_server/echo_server.ts');
    expect(await fileOf('.')).toBe('echo_server/echo_server.ts');
    expect(await fileOf('../elsewhere')).toBe('echo_server/echo_server.ts');
    expect(await fileOf('/srv/ada')).toBe('echo_server/echo_server.ts');
  });

  test('takes a summary that is below 1 MiB, and whole as far as it goes', async () => {
    const text = await renderFormat('github-summary', failOften(400));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
    expect(text).toMatch(/There is no room here for \d+ sections more\.\n\nGraded by `wiregrade/);
    const fences = JSON.stringify(shapeOfMarkdown(text)).match(/"fence"/g) ?? [];
    expect(fences.length).toBeGreaterThan(10);
  });
});

test('exercism takes half a megabyte and no more', async () => {
  const text = await renderFormat('exercism', failOften(500));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(500_000);
  expect(text.match(/"status": "fail"/g)).toHaveLength(501);
});
