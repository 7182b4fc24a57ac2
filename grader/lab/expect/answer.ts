import type { Exchange } from '../../wire/exchange.ts';
import type { CheckFailure } from '../../model/errors.ts';
import { failure } from './failure.ts';

/** Expects at least one byte to have come back. */
export function expectAnswered(exchange: Exchange): void {
  if (exchange.reply.size === 0) throw noAnswer(exchange);
}

/** The failure of an exchange in which not one byte came back. */
function noAnswer(exchange: Exchange): CheckFailure {
  const { name } = exchange.request;
  switch (exchange.ending) {
    case 'refused':
      return failure(
        'refused',
        `The connection for ${name} was refused: nothing listens any more.`,
        { exchange },
      );
    case 'reset':
      return failure(
        'connection-reset',
        `Your server reset the connection on ${name} before it sent a byte.`,
        { exchange },
      );
    case 'closed':
    case 'whole':
      return failure(
        'closed-empty',
        `Your server closed the connection on ${name} without sending a byte.`,
        { exchange },
      );
    case 'deadline':
      return failure(
        'silent',
        `Your server took ${name} and sent nothing back for ${String(exchange.withinMs / 1000)} seconds.`,
        {
          exchange,
        },
      );
  }
}

/** The failure of an exchange that stopped before the reply was whole. */
export function cutShort(exchange: Exchange, where: string): CheckFailure {
  const { name } = exchange.request;
  const at = { exchange, offset: exchange.received.byteLength, caption: 'nothing came after this' };
  const inBody = where === 'body';
  switch (exchange.ending) {
    case 'reset':
      return failure(
        'connection-reset',
        `Your server reset the connection on ${name} within the ${where} of its reply.`,
        at,
      );
    case 'closed':
    case 'whole':
    case 'refused':
      return failure(
        inBody ? 'closed-in-body' : 'closed-in-head',
        `Your server closed the connection within the ${where} of its reply to ${name}.`,
        at,
      );
    case 'deadline':
      return failure(
        'never-ends',
        `The ${where} of the reply to ${name} was not whole after ${String(exchange.withinMs / 1000)} seconds, and the connection is still open.`,
        at,
      );
  }
}
