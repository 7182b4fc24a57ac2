import { describe, it } from '@jest/globals';
import { LIMIT_CODES, type LimitCode } from '../../model/diagnosis.ts';
import { whatCellsLack } from '../class/what-is-lacking.ts';
import { gradeJson } from '../cli.ts';
import { makeSubmission } from '../submission.ts';
import { expectFragment } from './expect-fragment.ts';

/**
 * What a server does when it is asked. The limit of processor time is left out: to use it up takes as
 * long as it says.
 */
const PROGRAMS: Readonly<Record<Exclude<LimitCode, 'out-of-time'>, string>> = {
  'out-of-memory': `
  const kept = [];
  for (;;) kept.push(Buffer.alloc(32 * 1024 * 1024, 1));`,
  'out-of-processes': `
  for (let number = 0; number < 100; number += 1) {
    spawn('sleep', ['30']).on('error', () => undefined);
  }`,
  'too-much-output': `
  for (let number = 0; ; number += 1) {
    try {
      writeFileSync('copy-' + number, Buffer.alloc(8 * 1024 * 1024));
    } catch {}
  }`,
};

function serverThat(asked: string): string {
  return `import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', answer);
});

function answer() {${asked}
}

server.listen(Number(process.env.PORT), '127.0.0.1');
`;
}

const lacking = await whatCellsLack();
const inCells = lacking === undefined ? describe : describe.skip;

inCells(`a limit of a cell${lacking === undefined ? '' : ` (skipped: ${lacking})`}`, () => {
  it.each(LIMIT_CODES.filter((code) => code !== 'out-of-time'))(
    '%s: is shown on a page as in its golden fragment',
    async (code) => {
      const program = serverThat(PROGRAMS[code]);
      const { folder, remove } = makeSubmission({ 'http_serve1/http_serve1.mjs': program });
      try {
        const { result } = await gradeJson([
          ...['week02', '--from', folder, '--only', 'http_serve1/html'],
          ...['--sandbox', 'bwrap', '--seed', '1'],
        ]);
        const [check] = result.stages.flatMap(({ checks }) => checks);
        if (!check) throw new Error('nothing was asked');
        expectFragment(code, check);
      } finally {
        remove();
      }
    },
    120_000,
  );
});
