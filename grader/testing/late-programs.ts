import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StageResult } from '../model/result.ts';

/** What programs of a test remember from one start to the next. Who makes it removes it. */
export interface Memory {
  readonly folder: string;
  /** What programs noted, in order. */
  readonly notes: () => string[];
  readonly remove: () => void;
}

export function makeMemory(): Memory {
  const folder = mkdtempSync(join(tmpdir(), 'out-of-time-'));
  const file = join(folder, 'notes');
  return {
    folder,
    notes: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * A server of the page of http_serve1.
 *
 * @param onRequest what it does on each; it may call `answer`, `note`, and `first`, which tells once
 *   for each word that it has not been asked before
 */
export function pageServer({ folder }: Memory, onRequest: string, listen = 'listen(port)'): string {
  return `
    const { appendFileSync, mkdirSync, readFileSync } = require('node:fs');
    const { createServer } = require('node:net');
    const port = Number(process.env.PORT);
    const first = (what) => {
      try { return mkdirSync('${folder}/' + what) === undefined; } catch { return false; }
    };
    const note = (what) => appendFileSync('${folder}/notes', what + '\\n');
    const page = readFileSync('tiny_html.html');
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (request) => {
        const answer = () => socket.end(page);
        ${onRequest}
      });
    });
    const listen = (at) => server.listen(at, '127.0.0.1');
    ${listen};
    setTimeout(() => process.exit(), 60_000);
  `;
}

/** Each check that was asked again, and what its first attempt came to. */
export function listAskedAgain(stages: readonly StageResult[]): string[] {
  return stages
    .flatMap(({ checks }) => checks)
    .flatMap(({ id, askedAgain }) => (askedAgain ? [`${id}: ${askedAgain.after}`] : []));
}
