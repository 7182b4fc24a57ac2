// Runs in a student's program before its own code, when that is started once more after a failure:
// notes which line listened where, and which line wrote what. Whatever goes wrong here is kept from
// the program, which must go on as it would without.
'use strict';
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

/** The pipe that the grader reads; the same as in confine.ts. */
const NOTES_FD = 9;
/** More than an answer takes; a program that writes on and on is not followed. */
const MOST_BYTES = 48 * 1024;
const MOST_FRAMES = 50;
/** That of a program which leaves the choice to the system. */
const ANY_PORT = 0;

// Neither the program nor what it starts is to find that it was asked for.
delete process.env.NODE_OPTIONS;
// Threads inherit a preload.
if (isMainThread) follow();

function follow() {
  const { subscribe } = require('node:diagnostics_channel');
  const { Duplex } = require('node:stream');
  const connections = new WeakMap();
  let accepted = 0;
  quietly(() => {
    // Before it listens: whoever finds the port open finds the note as well.
    subscribe('tracing:net.server.listen:asyncStart', ({ options }) =>
      quietly(() => noteListen(options)),
    );
    subscribe('net.server.socket', ({ socket }) =>
      quietly(() => connections.set(socket, (accepted += 1))),
    );
    for (const name of ['write', 'end']) {
      const descriptor = Object.getOwnPropertyDescriptor(Duplex.prototype, name);
      // A proxy has the name and the length of what it stands for.
      const value = new Proxy(descriptor.value, {
        apply: (method, socket, args) => {
          quietly(() => noteWrite(connections.get(socket), socket, args));
          return Reflect.apply(method, socket, args);
        },
      });
      Object.defineProperty(Duplex.prototype, name, { ...descriptor, value });
    }
  });
}

function noteListen({ path, port }) {
  if (path !== undefined) return;
  note({ kind: 'listened', port: Number(port) || ANY_PORT, frames: readFrames() });
}

function noteWrite(connection, socket, [chunk, encoding]) {
  if (connection === undefined) return;
  const bytes = toBytes(chunk, typeof encoding === 'string' ? encoding : defaultOf(socket));
  if (bytes === undefined || bytes.byteLength === 0) return;
  const { createHash } = require('node:crypto');
  const digest = createHash('sha256').update(bytes).digest('hex');
  note({ kind: 'wrote', connection, size: bytes.byteLength, digest, frames: readFrames() });
}

function defaultOf(socket) {
  return socket._writableState?.defaultEncoding ?? 'utf8';
}

function toBytes(chunk, encoding) {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  if (!ArrayBuffer.isView(chunk)) return undefined;
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

let left = MOST_BYTES;

function note(fact) {
  const line = Buffer.from(`${JSON.stringify(fact)}\n`);
  left -= line.byteLength;
  // Nothing behind a gap either: what was written there has no place any more.
  if (left < 0) return;
  try {
    writeSync(NOTES_FD, line);
  } catch {
    left = 0;
  }
}

/** Where the program is, the innermost call first, as its own files have it. */
function readFrames() {
  const { stackTraceLimit, prepareStackTrace } = Error;
  try {
    Error.stackTraceLimit = MOST_FRAMES;
    Error.prepareStackTrace = (_, sites) => sites;
    const { stack } = new Error('here');
    return stack.flatMap(describeSite);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function describeSite(site) {
  const file = site.getFileName();
  if (typeof file !== 'string' || file.startsWith('node:') || file === module.filename) return [];
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  // A loader's own map, where there is one.
  const found = require('node:module')
    .findSourceMap(file)
    ?.findEntry(line - 1, column - 1);
  if (found?.originalSource === undefined) return [`${file}:${line}:${column}`];
  return [`${found.originalSource}:${found.originalLine + 1}:${found.originalColumn + 1}`];
}

function quietly(act) {
  try {
    act();
  } catch {
    // It informs, and never disturbs.
  }
}
