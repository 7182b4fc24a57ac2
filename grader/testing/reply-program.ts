/**
 * The text of a small server in CommonJS, which does the same at every request.
 *
 * @param reply what it does, in JavaScript: `socket.end(page)`, where `page` is `tiny_html.html`
 */
export function replyProgram(reply: string): string {
  return `
const { createServer } = require('node:net');
const page = require('node:fs').readFileSync('tiny_html.html');
createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', () => ${reply});
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
}
