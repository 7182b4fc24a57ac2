// Runs in the container of a worker, and has one program started in a container within. Exits with 0
// where that works, and says why where it does not.
import { connect } from 'node:net';
import { readlinkSync, statfsSync } from 'node:fs';
import { setTimeout } from 'node:timers';

const WITHIN_MS = 5000;
const socket = connect(process.argv[process.argv.indexOf('--through') + 1]);
socket.on('error', ({ message }) => fail(`the grader is not reached: ${message}`));
const order = { command: ['true'], cwd: '/tmp/rooms/0', environment: {}, room: 0 };
socket.write(`${JSON.stringify({ ...order, fixed: [], reads: [] })}\n`);
let told = '';
socket.setEncoding('utf8').on('data', (piece) => {
  told += piece;
  if (told.endsWith('\n')) judge(JSON.parse(told));
});

function judge({ status, reason, pid }) {
  if (status !== 'started') fail(reason);
  look(pid, performance.now() + WITHIN_MS);
}

/** For a moment the program's first process is still docker's own, and cannot be looked into. */
function look(pid, until) {
  try {
    readlinkSync(`/proc/${pid}/ns/pid`);
    statfsSync(`/proc/${pid}/root/tmp`);
    process.exit(0);
  } catch ({ message }) {
    if (performance.now() > until) fail(`its programs cannot be watched: ${message}`);
    setTimeout(look, 5, pid, until);
  }
}

function fail(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
