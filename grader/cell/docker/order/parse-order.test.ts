import { expect, it } from '@jest/globals';
import { parseOrder } from './parse-order.ts';

const LENT = { rooms: ['/tmp/rooms/0', '/tmp/rooms/1'], lent: ['/opt/grader/node_modules'] };
const ORDER = {
  command: ['node', '/tmp/rooms/1/copy/a.ts'],
  cwd: '/tmp/rooms/1/copy',
  environment: { PORT: '18000' },
  room: 1,
  fixed: [{ path: '/tmp/rooms/1/copy/a.ts', base64: 'eA==' }],
  reads: ['/opt/grader/node_modules/tsx'],
  takesNotes: true,
};
const read = (change: Readonly<Record<string, unknown>>) =>
  parseOrder(JSON.stringify({ ...ORDER, ...change }), LENT);

it('takes an order for a program in a room of the worker', () => {
  expect(read({})).toEqual(ORDER);
});

it.each([
  { what: 'a room that it has not', change: { room: 2 } },
  { what: 'a room that is no number', change: { room: '__proto__' } },
  { what: 'a file of the machine', change: { reads: ['/etc/shadow'] } },
  { what: 'a way out of a folder', change: { reads: ['/opt/grader/node_modules/../../x'] } },
  { what: 'the whole folder', change: { reads: ['/opt/grader/node_modules'] } },
  { what: 'a neighbour of a folder', change: { reads: ['/opt/grader/node_modules2/x'] } },
  { what: 'a file over the system', change: { fixed: [{ path: '/bin/sh', base64: '' }] } },
  {
    what: "a file in another's room",
    change: { fixed: [{ path: '/tmp/rooms/0/a', base64: '' }] },
  },
  { what: 'a folder that is no whole path', change: { cwd: 'here' } },
  { what: 'a variable that is an option', change: { environment: { '--chdir': '/' } } },
  { what: 'a text with a NUL', change: { command: ['a\0b'] } },
  { what: 'a command that is none', change: { command: 'node' } },
  { what: 'no environment', change: { environment: { PORT: 1 } } },
])('refuses $what', ({ change }) => {
  expect(() => read(change)).toThrow(Error);
});

it('refuses what is no order', () => {
  for (const line of ['', 'null', '[]', '{}', '{"command":["x"]}']) {
    expect(() => parseOrder(line, LENT)).toThrow(Error);
  }
});
