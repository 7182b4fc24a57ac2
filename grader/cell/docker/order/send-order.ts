import { connect } from 'node:net';
import { MachineFault } from '../../../model/errors.ts';
import { readLines } from '../../hold/read-lines.ts';
import { GONE, type StartOrder } from './order.ts';
import { parseAnswer } from './parse-order.ts';

/** A container that the coordinator keeps for as long as this is not let go. */
export interface Lease {
  readonly pid: number;
  readonly pipes: string;
  /** Says that nothing is left of the program. */
  readonly end: () => void;
  /** Has the container removed, whatever runs in it. */
  readonly drop: () => void;
}

/** Has a program started. @throws MachineFault where that fails */
export async function sendOrder(socketPath: string, order: StartOrder): Promise<Lease> {
  const socket = connect(socketPath);
  let failure: Error | undefined;
  socket.on('error', (error) => (failure = error));
  socket.write(`${JSON.stringify(order)}\n`);
  const line = await readLines(socket).next();
  if (line === undefined) {
    throw new MachineFault('who starts containers does not answer', { cause: failure });
  }
  const answer = parseAnswer(line);
  if (answer.status === 'failed') {
    socket.destroy();
    throw new MachineFault(`the cell could not be set up: ${answer.reason}`);
  }
  return {
    pid: answer.pid,
    pipes: answer.pipes,
    end: () => socket.end(`${GONE}\n`),
    drop: () => socket.destroy(),
  };
}
