import type { Edit, Mutant } from '../../../../grader/lab/index.ts';

const LISTEN = 'server.listen(PORT, HOST';

function neverStarts(name: string, stage: string, edit: Edit): Mutant {
  return { name, stage, edit: [edit], fails: ['listens-where-told'], code: 'exited-early' };
}

/** Programs that end before anyone can talk to them. */
export const listening: readonly Mutant[] = [
  neverStarts("binds an address that is not this machine's", 'http_serve1', [
    "'127.0.0.1'",
    "'192.0.2.1'",
  ]),
  neverStarts('ends instead of listening', 'http_serve2', [LISTEN, `process.exit(); ${LISTEN}`]),
  neverStarts('takes the name of the variable for the port', 'http_serve3', [
    'process.env.PORT ??',
    "'PORT' ??",
  ]),
  neverStarts('listens twice', 'http_serve4', [LISTEN, `server.listen(PORT); ${LISTEN}`]),
  neverStarts('does not start itself', 'http_serve5', [
    /^if \(basename\(process\.argv\[1\].*$/m,
    '',
  ]),
  neverStarts('reads a file that is not there before it listens', 'athome', [
    LISTEN,
    `readFileSync('settings.json'); ${LISTEN}`,
  ]),
];
