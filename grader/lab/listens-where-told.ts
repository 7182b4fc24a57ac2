import { rfc } from '../model/check.ts';
import { check } from './check.ts';
import { failure } from './expect/failure.ts';

/** In every stage: the program listens on the port that it is given. */
export const listensWhereTold = check('listens-where-told', 'listens on the port it is given', {
  points: 1,
  spec: rfc(9110, '4.2.1', 'http URI Scheme'),
  needs: ['own-process'],
  hints: [
    'Where does your program take the number of its port from?',
    'The number is in the variable PORT, and it is also the first argument.',
    'Read it at the start, for example as process.env.PORT or os.environ["PORT"], and listen on it.',
  ],
  run: async ({ server }) => {
    if (await server.listensWhereTold()) return;
    const { askedPort, address } = server;
    throw failure(
      'wrong-port',
      `The grader asked for port ${String(askedPort)}. Your server opened ${String(address.port)}.`,
      { note: `The other checks ran on port ${String(address.port)}, so you keep their points.` },
    );
  },
});
