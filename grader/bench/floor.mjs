// The floor: what no grader of these programs can do without, and nothing else. It is plain
// JavaScript, run by `node` itself, and starts from a folder that is made beforehand
// (floor-folder.ts, which is not counted): the worked solutions with their types already stripped,
// each in a copy of its own, with the lab's web/, the same planted files and the one of 8 MiB.
//
// What it contains:
//   - the start of its own Node;
//   - one plain Node process for each program, and one for each function check (okResponse,
//     parseRequest twice, resolveUri), all started at once, in a clean environment;
//   - the wait for the first byte that each server prints, which it does when it listens;
//   - the same requests as the checks make, the same in number and in order, each on a connection
//     of its own, read to its end, one stage beside the other: see floor-requests.mjs;
//   - SIGINT to each server, and the wait for its end.
// It judges nothing, parses nothing, records nothing, looks for no free process and no leftovers.
//
// usage: node floor.mjs FOLDER STAGE...
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CALLS, CONVERSATIONS } from './floor-requests.mjs';

const [folder, ...stages] = process.argv.slice(2);
const planted = JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8'));
const { PATH, HOME } = process.env;

await Promise.all([
  ...stages.map(talkTo),
  ...stages.flatMap((stage) => (CALLS[stage] ?? []).map((call) => callFunction(stage, call))),
]);

/** Starts one program, makes the requests of its stage, and ends it. */
async function talkTo(stage) {
  const port = await findPort();
  const child = start([programOf(stage), String(port)], { PORT: String(port) });
  const exited = once(child, 'exit');
  const printed = await Promise.race([once(child.stdout, 'data'), exited.then(() => undefined)]);
  if (printed === undefined) throw new Error(`${stage} ended before it listened`);
  await CONVERSATIONS[stage]({ port, planted: planted[stage], folder: join(folder, stage) });
  child.kill('SIGINT');
  await exited;
}

/** Calls a function of a program in a process of its own; what it throws is dropped. */
async function callFunction(stage, { name, calls }) {
  const code = `import(process.argv[2]).then((program) => {
    for (const args of JSON.parse(process.argv[4])) {
      try { program[process.argv[3]](...args); } catch {}
    }
  });`;
  // The word before the program keeps it from taking itself for the one that was started.
  const child = start(['-e', code, 'call', programOf(stage), name, JSON.stringify(calls)], {});
  const [exitCode] = await once(child, 'exit');
  if (exitCode !== 0) throw new Error(`${name} of ${stage} could not be called`);
}

function start(args, environment) {
  const child = spawn(process.execPath, args, { env: { PATH, HOME, ...environment } });
  // What is printed has to be read, or a program that prints much would stand still.
  child.stdout.resume();
  child.stderr.pipe(process.stderr);
  return child;
}

function programOf(stage) {
  return join(folder, stage, stage, `${stage}.mjs`);
}

async function findPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
