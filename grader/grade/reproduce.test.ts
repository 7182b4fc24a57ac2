import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { browserRequest } from '../wire/request.ts';
import { reproduce } from './reproduce.ts';

/** What a shell would send by a command; nothing listens here. */
function sentBy(command: string | undefined): Buffer {
  const [printed, client] = command?.split(' | ') ?? [];
  expect(client).toBe('nc localhost $PORT');
  return execFileSync('sh', ['-c', printed ?? '']);
}

describe('the command that asks the same', () => {
  it.each([
    ['a line', Buffer.from('hello, echo\r\n')],
    ['what a shell reads otherwise', Buffer.from(`it's 100% \\n $HOME \`ls\` "x" !!\r\n\t`)],
    ['any byte, but none that ends a text', randomBytes(2000)],
    ['a POST', browserRequest('POST', '/', { host: 'localhost:18000', body: 'a=é&b=%20' }).bytes],
    ['a GET of a path that a shell takes apart', Buffer.from("GET /$(x)';ls HTTP/1.1\r\n\r\n")],
  ])('sends the very bytes of %s', (_, bytes) => {
    expect(sentBy(reproduce(bytes))).toEqual(bytes);
  });

  it('sends a request that went out in pieces in the same pieces, with a pause between', () => {
    const { bytes } = browserRequest('GET', '/', { host: 'localhost:18000' });
    const pieces = [bytes.subarray(0, 10), bytes.subarray(10, 40), bytes.subarray(40)];
    const command = reproduce(bytes, pieces);
    expect(command?.match(/sleep/g)).toHaveLength(2);
    expect(sentBy(command)).toEqual(bytes);
  });

  it('leaves a plain GET to curl, with the path as it is', () => {
    const { bytes } = browserRequest('GET', '/images/../%2e/?a=b', { host: 'localhost:18000' });
    expect(reproduce(bytes)).toBe(
      'curl -i --path-as-is "http://localhost:$PORT/images/../%2e/?a=b"',
    );
  });

  it('is none where nothing was sent, or more than anybody pastes', () => {
    expect(reproduce(undefined)).toBeUndefined();
    expect(reproduce(randomBytes(5000))).toBeUndefined();
  });
});
