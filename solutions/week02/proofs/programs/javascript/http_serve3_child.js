// http_serve3 that does not trust itself: the server runs in a child process.
//
// Differs: the parent listens to nobody. Should the child die, it starts another one. What the child
// logs goes to the parent as a message, and the parent prints it.
const { fork } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { join } = require('node:path');

const PAGE = join(__dirname, '../tiny_html.html');

function okResponse(body) {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

function clientErrorResponse(status = '400 Bad Request') {
  return `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${status.length}\r\nConnection: close\r\n\r\n${status}`;
}

function parseRequest(request) {
  const [method, uri, version, ...more] = String(request).split(/\r?\n/, 1)[0].split(' ');
  if (more.length > 0 || !/^HTTP\/1\.\d$/.test(version)) throw new SyntaxError('no HTTP/1.x');
  if (method !== 'GET') throw new RangeError(`${method} is not offered`);
  return uri;
}

function answer(head) {
  try {
    process.send({ uri: parseRequest(head) });
    return okResponse(readFileSync(PAGE));
  } catch (error) {
    if (error instanceof SyntaxError) return clientErrorResponse();
    return clientErrorResponse('501 Not Implemented');
  }
}

function serve(socket) {
  let head = '';
  let answered = false;
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text) => {
    head += text;
    if (answered || !/\r?\n\r?\n/.test(head)) return;
    answered = true;
    socket.end(answer(head));
  });
}

function watch(port) {
  const child = fork(__filename, ['--child', port]);
  child.on('message', ({ uri }) => console.log(`GET ${uri}`));
  child.on('exit', (code, signal) => {
    if (signal === null && code !== 0) watch(port);
  });
  process.on('exit', () => child.kill());
}

if (require.main === module) {
  if (process.argv[2] === '--child') {
    createServer(serve).listen(Number(process.argv[3]), '127.0.0.1');
    process.on('disconnect', () => process.exit());
  } else {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit());
    watch(process.env.PORT || process.argv[2] || '50000');
  }
}

module.exports = { okResponse, clientErrorResponse, parseRequest };
