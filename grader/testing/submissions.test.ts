import { afterEach, describe, expect, test } from '@jest/globals';
import getPort, { portNumbers } from 'get-port';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'oxc-transform';
import { loadLab } from '../course/load-lab.ts';
import { solutionsFolder } from '../course/project.ts';
import { gradeJson } from './cli.ts';
import { makeSubmission, type TestSubmission } from './submission.ts';

const STAGES = (await loadLab('week02')).stages.map(({ id }) => id);

const ALL_POINTS = { earned: 100, possible: 100, bonusEarned: 14, bonusPossible: 14 };

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

/** The worked solution of a stage, in JavaScript. */
function stripTypes(stage: string): string {
  const file = join(solutionsFolder('week02'), stage, `${stage}.ts`);
  return transformSync('program.ts', readFileSync(file, 'utf8')).code;
}

/** The athome folder without its program: its web/ holds the text file of its author. */
function copyAthome(folder: string): void {
  cpSync(join(solutionsFolder('week02'), 'athome/web'), join(folder, 'athome/web'), {
    recursive: true,
  });
}

async function expectAllPoints(folder: string): Promise<void> {
  const { result, outcomesOf } = await gradeJson(['week02', '--from', folder]);
  expect(outcomesOf('failed')).toEqual([]);
  expect(outcomesOf('broken')).toEqual([]);
  expect(result.points).toEqual(ALL_POINTS);
}

describe('the same servers earn the same points', () => {
  test.each(['mjs', 'js'])('in JavaScript, as modules that are called .%s', async (extension) => {
    made = makeSubmission({ 'package.json': '{ "type": "module" }\n' });
    copyAthome(made.folder);
    for (const stage of STAGES) {
      mkdirSync(join(made.folder, stage), { recursive: true });
      writeFileSync(join(made.folder, stage, `${stage}.${extension}`), stripTypes(stage));
    }
    await expectAllPoints(made.folder);
  });

  test('laid flat beside web/, as server.mjs, or as STAGE.mjs, but for athome', async () => {
    made = makeSubmission({});
    copyAthome(made.folder);
    for (const stage of STAGES.filter((each) => each !== 'athome')) {
      // A flat program finds web/ and the page beside itself, not above itself.
      const text = stripTypes(stage).replaceAll(/(['"`/])\.\.(?=\/?['"`/])/g, '$1.');
      writeFileSync(join(made.folder, `${stage}.mjs`), text);
    }
    writeFileSync(join(made.folder, 'athome/server.mjs'), stripTypes('athome'));
    await expectAllPoints(made.folder);
  });
});

describe('a program in another language or form', () => {
  test('written with require and module.exports', async () => {
    made = makeSubmission({
      'http_serve2/http_serve2.js': `
        const { createServer } = require('node:net');
        const { readFileSync } = require('node:fs');
        const { join } = require('node:path');
        function okResponse(body) {
          const bytes = Buffer.from(body);
          const head = ['HTTP/1.1 200 OK', 'Content-Type: text/html', 'Date: ' + new Date().toUTCString()];
          head.push('Content-Length: ' + bytes.length, '', '');
          return Buffer.concat([Buffer.from(head.join('\\r\\n')), bytes]);
        }
        module.exports = { okResponse };
        if (require.main === module) {
          const page = readFileSync(join(__dirname, '..', 'tiny_html.html'));
          createServer((socket) => {
            socket.on('error', () => {});
            socket.once('data', () => socket.end(okResponse(page)));
          }).listen(process.argv[2]);
        }`,
    });
    const { result } = await gradeJson(['week02', 'http_serve2', '--from', made.folder]);
    expect(result.points).toMatchObject({ earned: 15, bonusEarned: 2 });
  });

  test('that listens on a port of its own when it is imported, and waits for it', async () => {
    const free = await getPort({ port: portNumbers(12_000, 17_999) });
    const withoutGuard = stripTypes('http_serve2').replace(/^if \(basename[^]*$/m, '');
    const program = `${withoutGuard}
      const own = createServer(serve);
      await new Promise((resolve) => own.listen(${String(free)}, '127.0.0.1', resolve));
      if (own.address().port < 1) throw new Error('it does not listen');`;
    made = makeSubmission({ 'http_serve2/http_serve2.mjs': program });
    const { outcomesOf } = await gradeJson(['week02', 'http_serve2', '--from', made.folder]);
    expect(outcomesOf('failed')).toEqual(['http_serve2/listens-where-told: wrong-port']);
  });
});
