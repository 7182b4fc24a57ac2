import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCli } from './cli.ts';
import { makeSubmission, type TestSubmission } from './submission.ts';

const EVIL = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp\u2066\u200b';

/** Whatever the program says, the terminal obeys none of it. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const SERVER = `
const { createServer } = require('node:net');
const evil = ${JSON.stringify(EVIL)};
process.stderr.write(evil + '\\n');
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (request) => ANSWER);
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

const programs = {
  // A reason phrase may hold bytes above 7f, and C1 controls are among them.
  http_serve2:
    "socket.end(Buffer.from('HTTP/1.1 200 \\x9b31mfine\\r\\nContent-Type: ' + 'x\\x9b'.repeat(2000) + '\\r\\n\\r\\n' + evil, 'latin1'))",
  http_serve3: '{ const error = Error(evil); error.name = evil; throw error; }',
  http_serve4:
    "socket.end('HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n<a href=\"/' + evil + '\">' + evil + '</a>')",
};

let submission: TestSubmission;
beforeAll(() => {
  submission = makeSubmission(
    Object.fromEntries(
      Object.entries(programs).map(([stage, answer]) => [
        `${stage}/${stage}.cjs`,
        `${SERVER.replace('ANSWER', answer)}\nexports[evil] = () => {};\n`,
      ]),
    ),
  );
});
afterAll(() => {
  submission.remove();
});

test.each([
  ['grade', ['--all', '--explain']],
  ['grade', ['--all', '--explain', '--plain']],
  ['hint', ['--level', '3']],
  ['hint', ['--level', '3', '--plain']],
])('what a program says never reaches the terminal as it is: %s %j', async (command, more) => {
  const args = [command, 'week02', '--from', submission.folder, ...more];
  const { stdout, stderr, exitCode } = await runCli(args);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: command === 'grade' ? 1 : 0 });
  expect(UNSAFE.exec(stdout)?.[0]).toBeUndefined();
  if (command === 'grade') {
    expect(stdout).toContain(String.raw`\u009b31m`);
    expect(stdout).toContain(String.raw`\u202egnp`);
    expect(stdout).toContain(String.raw`\x9b`);
  }
});

test('nor do the names of files, where nothing can be graded', async () => {
  const other = makeSubmission({ [`${EVIL.replaceAll('/', '')}.py`]: '' });
  try {
    const { stderr, exitCode } = await runCli(['grade', 'week02', '--from', other.folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(String.raw`it has \u001b[2J`);
    expect(UNSAFE.exec(stderr)?.[0]).toBeUndefined();
  } finally {
    other.remove();
  }
});
