import { describe, expect, test } from '@jest/globals';
import { renderFormat } from '../testing/formats/render-format.ts';
import { failWith, NOTHING_JUDGED, withOutcomes } from '../testing/formats/three-results.ts';
import { fillPort } from './readers-port.ts';
import { showCommand } from './show-command.ts';
import { DRAWN, PLAIN, renderAll } from './voice.ts';

describe('a command to be pasted', () => {
  test('is shown as it is', () => {
    const command = String.raw`printf 'a  b\t%%\r\n' | nc localhost $PORT`;
    expect(showCommand(command, 150)).toEqual([command]);
  });

  test('stays in one line, whatever it holds', () => {
    expect(showCommand('a\n\tb\u001b[2Jc', 150)).toEqual([String.raw`a  b\u001b[2Jc`]);
  });

  test('is left out where there is none, or it is longer than anybody pastes', () => {
    expect(showCommand(undefined, 150)).toEqual([]);
    expect(showCommand('x'.repeat(151), 150)).toEqual([]);
  });

  test.each([DRAWN, PLAIN])('keeps its spaces on the terminal', (voice) => {
    const command = "printf 'GET  /' | nc localhost $PORT";
    const failed = { ...failWith('lf-only'), reproduce: command };
    const result = withOutcomes(NOTHING_JUDGED, { 'echo_server/line': failed });
    const word = (): string => 'a command';
    const options = { color: false, width: 80, detail: 'all', goOn: '' } as const;
    const text = renderAll(voice, result, { ...options, again: word, hint: word, replay: word });
    expect(text).toContain(fillPort(command));
  });

  const formats = ['html', 'markdown', 'github-summary', 'exercism', 'classroom'];
  test.each(formats)('is whole in %s, or is not in it', async (format) => {
    for (const length of [100, 150, 151, 501, 1000, 1001]) {
      const command = `curl  localhost:$PORT/${'x'.repeat(length)}`.slice(0, length);
      const failed = { ...failWith('lf-only'), reproduce: command };
      const result = withOutcomes(NOTHING_JUDGED, { 'echo_server/line': failed });
      const shown = decode(format, await renderFormat(format, result));
      const part = /curl\s+localhost\S*?x+(?!x)[^"<\\\n]*/.exec(shown)?.[0];
      expect([undefined, command, fillPort(command)]).toContain(part);
    }
  });
});

/** What the one format has in base64. */
function decode(format: string, text: string): string {
  const [, encoded = ''] = /^result=(.+)\n$/.exec(text) ?? [];
  return format === 'classroom' ? Buffer.from(encoded, 'base64').toString() : text;
}
