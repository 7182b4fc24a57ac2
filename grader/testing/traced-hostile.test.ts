import { describe, expect, it } from '@jest/globals';
import type { CheckResult } from '../model/result.ts';
import { gradeTest } from './grade.ts';
import { makeSubmission } from './submission.ts';

const HEAD = 'HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n';
const WRONG_REPLY = "socket.end('HTTP/1.1 200 OK\\n\\r\\nhi');";
const NOTES = '9';
/** Node has that descriptor too, but for something else. */
const FIND = 'let found = false; try { found = fs.fstatSync(9).isSocket(); } catch {}';

/** Programs that know that they may be traced, and make the worst of it. */
const HOSTILE: readonly {
  readonly name: string;
  readonly before: string;
  readonly onRequest?: string;
}[] = [
  {
    name: 'ends when it finds the pipe',
    before: `${FIND} if (found) process.exit(0);`,
  },
  {
    name: 'hangs when it finds the pipe',
    before: `${FIND} while (found);`,
  },
  {
    name: 'answers otherwise when it finds the pipe',
    before: FIND,
    onRequest: `socket.end(found ? '${HEAD}' : 'HTTP/1.1 200 OK\\n\\r\\nhi');`,
  },
  {
    name: 'never answers when it finds the pipe',
    before: FIND,
    onRequest: `if (!found) ${WRONG_REPLY}`,
  },
  {
    name: 'closes the pipe',
    before: `${FIND} if (found) fs.closeSync(${NOTES});`,
  },
  {
    name: 'floods the pipe',
    before: `const flood = () => { try { fs.writeSync(${NOTES}, 'x'.repeat(65536)); setImmediate(flood); } catch {} }; flood();`,
  },
  {
    name: 'writes what is no note',
    before: `try { fs.writeSync(${NOTES}, '{"kind":"wrote","connection":-1}\\n[[[\\n\\u0000'); } catch {}`,
  },
  {
    name: 'claims bytes that were never sent',
    before: `try { fs.writeSync(${NOTES}, JSON.stringify({ kind: 'wrote', connection: 1, size: 20, digest: 'a'.repeat(64), frames: [import.meta.url + ':1:1'] }) + '\\n'); } catch {}`,
  },
  {
    name: 'names files that are not its own',
    before: `import { createHash } from 'node:crypto'; try { fs.writeSync(${NOTES}, JSON.stringify({ kind: 'wrote', connection: 1, size: 20, digest: createHash('sha256').update('HTTP/1.1 200 OK\\n\\r\\nhi').digest('hex'), frames: ['/etc/passwd:1:1'] }) + '\\n'); } catch {}`,
  },
  {
    name: 'changes what stacks are made of',
    before:
      "Object.defineProperty(Error, 'stackTraceLimit', { value: 0, writable: false, configurable: false }); Object.defineProperty(Error, 'prepareStackTrace', { get: () => { throw new Error('mine'); }, set: () => { throw new Error('mine'); } });",
  },
  {
    name: 'replaces the methods of sockets',
    before:
      "const { end } = net.Socket.prototype; net.Socket.prototype.end = function (...args) { if (args.length !== 1) throw new Error('more than was given'); return end.apply(this, args); };",
  },
  {
    name: 'freezes the prototypes',
    before:
      'Object.freeze(net.Socket.prototype); Object.freeze(Object.getPrototypeOf(net.Socket.prototype));',
  },
  {
    name: 'works in threads and in other processes',
    before:
      "import { Worker } from 'node:worker_threads'; import { execFileSync } from 'node:child_process'; new Worker('1', { eval: true }); execFileSync(process.execPath, ['-e', 'if (process.env.NODE_OPTIONS || process.execArgv.length !== 2) process.exit(1)']);",
  },
  {
    name: 'looks for traces',
    before:
      "if (process.env.NODE_OPTIONS !== undefined || process.execArgv.length > 0 || net.Socket.prototype.write.name !== '' && net.Socket.prototype.write.name.length > 0 && net.Socket.prototype.write.length !== 3) process.exit(1);",
  },
];

describe('a program that will not be traced', () => {
  it.each(HOSTILE)(
    'is judged the same when it $name',
    async ({ before, onRequest = WRONG_REPLY }) => {
      const program = [
        "import * as fs from 'node:fs';",
        "import net from 'node:net';",
        before,
        `const server = net.createServer((socket) => socket.once('data', () => { ${onRequest} }));`,
        "server.listen(Number(process.env.PORT), '127.0.0.1');",
      ].join('\n');
      const submission = makeSubmission({
        'package.json': '{ "type": "module" }',
        'http_serve2/http_serve2.js': program,
      });
      try {
        const judge = async (traced?: 'all'): Promise<string> => {
          const options = { seed: 7, ...(traced && { traced }) };
          const stages = await gradeTest(submission.folder, ['http_serve2'], options);
          return JSON.stringify(
            stages.flatMap(({ checks }) => checks).map(verdictOf),
            undefined,
            1,
          );
        };
        const beganAt = performance.now();
        const plain = await judge();
        const plainMs = performance.now() - beganAt;
        expect(await judge('all')).toBe(plain);
        expect(plain).toContain('lf-only');
        // Explaining may take five seconds, and a busy machine some more.
        expect(performance.now() - beganAt).toBeLessThan(2 * plainMs + 9000);
      } finally {
        submission.remove();
      }
    },
    30_000,
  );
});

/** All that was found out by judging, without the line. */
function verdictOf({ id, earned, outcome }: CheckResult): unknown {
  if (outcome.status !== 'failed') return { id, earned, outcome };
  const diagnosis = { ...outcome.diagnosis, source: undefined };
  return { id, earned, diagnosis, hints: outcome.hints };
}
