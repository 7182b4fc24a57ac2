/**
 * A program of week02's http_serve1, which answers every client alike.
 *
 * @param page what it answers, in JavaScript
 * @param first what it does before it listens
 */
export function pageServer(page: string, first = ''): string {
  return `import { createServer } from 'node:net';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
${first}
createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(${page}));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
}

/** The lab's page, as the checks expect it. */
export const RIGHT_PAGE = "readFileSync(new URL('../tiny_html.html', import.meta.url))";
