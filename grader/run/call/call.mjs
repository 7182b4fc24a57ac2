// Calls functions of a student's Node program in a process of their own. What to call comes in the
// environment, so that the program finds its arguments as on any start; the answers so far go to stdout
// after each call, between a word that only the grader knows, whatever else the program prints.
import { writeSync } from 'node:fs';
import net from 'node:net';
import { setInterval } from 'node:timers';
import { pathToFileURL } from 'node:url';

const { program, groups, word } = JSON.parse(process.env.WIREGRADE_CALL);
delete process.env.WIREGRADE_CALL;

// A program without a guard starts its server when it is imported, and may wait until it listens. Its
// own port may be taken, by the very server that is being graded: any other does as well here.
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function listenAnywhere(...args) {
  const listening = args.findLast((arg) => typeof arg === 'function');
  return listen.call(this, 0, '127.0.0.1', listening);
};

// What waits for something that never comes waits until it is given up, and does not just end.
setInterval(() => undefined, 1000);

const answers = [];
try {
  const module = await import(pathToFileURL(program).href);
  for (const { name, calls } of groups) {
    const found = module[name] ?? module.default?.[name];
    const own = [];
    answers.push(own);
    tell(false);
    if (typeof found !== 'function') {
      own.push({ kind: 'missing', exports: Object.keys({ ...module.default, ...module }) });
      continue;
    }
    for (const args of calls) {
      own.push(await call(found, args.map(decode)));
      tell(false);
    }
  }
} catch (error) {
  answers.push([{ kind: 'import-threw', ...describe(error) }]);
}
tell(true);
process.exit(0);

function tell(done) {
  let left = Buffer.from(`\n${word}${JSON.stringify({ answers, done })}${word}\n`);
  while (left.byteLength > 0) left = left.subarray(writeSome(left));
}

// What the program printed may fill the pipe until the grader has read it.
function writeSome(bytes) {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    return 0;
  }
}

async function call(found, args) {
  try {
    return { kind: 'returned', value: encode(await found(...args)) };
  } catch (error) {
    return { kind: 'threw', ...describe(error) };
  }
}

function decode({ type, value }) {
  return type === 'bytes' ? Buffer.from(value, 'base64') : value;
}

function encode(value) {
  if (typeof value === 'string') return { type: 'text', value };
  if (value instanceof Uint8Array) {
    return { type: 'bytes', value: Buffer.from(value).toString('base64') };
  }
  return { type: 'other', value: JSON.stringify(value, printBytes) ?? String(value) };
}

// A Buffer within an array or an object has turned itself into JSON by the time this sees it.
function printBytes(key, value) {
  return value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value;
}

// A stack ends here, below the student's own functions.
function ownFrames(stack) {
  const lines = stack.split('\n');
  return lines.filter((line) => !line.includes(import.meta.url)).join('\n');
}

function describe(error) {
  return error instanceof Error
    ? { error: error.name, message: error.message, stack: ownFrames(error.stack ?? '') }
    : { error: typeof error, message: String(error), stack: '' };
}
