import { describe, expect, it } from '@jest/globals';
import { MessageReader } from './message-reader.ts';

/** What is shown of some bytes, that come in these pieces. */
function read(...pieces: readonly (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const reader = new MessageReader((line) => lines.push(line));
  for (const piece of pieces) reader.write(Buffer.from(piece));
  reader.end();
  return lines;
}

const reply = (type: string, body: string | Buffer, length?: number): Buffer => {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${String(length ?? bytes.byteLength)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
};

describe('a message as it is shown', () => {
  it('has its line ends marked', () => {
    const text = 'HTTP/1.1 200 OK\nA: b\r\nC: d\re\r\n\r\nbody\r\nrest';
    expect(read(text)).toEqual([
      'HTTP/1.1 200 OK<LF>',
      'A: b<CRLF>',
      'C: d<CR>e<CRLF>',
      '<CRLF>',
      'body<CRLF>',
      'rest',
    ]);
  });

  it.each([
    ['image/png', 'abc', '3 bytes of image/png'],
    ['text/plain', 'a\0b', '3 bytes of text/plain'],
    ['application/pdf', 'x', '1 byte of application/pdf'],
    ['application/json', '{}', '{}'],
    ['x/\u001b[2J', 'x', '1 byte of x/\\u001b[2j'],
    ['text/plain', 'é€\u202e', 'é€\\u202e'],
    ['text/plain', Buffer.from('café', 'latin1'), 'caf\\xe9'],
    ['text/plain', '<CRLF>', '\\x3cCRLF>'],
  ])('sums a body up, or shows it: %j %j', (type, body, shown) => {
    expect(read(reply(type, body)).slice(4)).toEqual([shown]);
  });

  it('tells where one ends and the next begins', () => {
    const two = Buffer.concat([reply('image/png', 'abc'), reply('text/plain', 'one\n')]);
    expect(read(two).slice(3)).toEqual([
      '<CRLF>',
      '3 bytes of image/png',
      'HTTP/1.1 200 OK<CRLF>',
      'Content-Type: text/plain<CRLF>',
      'Content-Length: 4<CRLF>',
      '<CRLF>',
      'one<LF>',
    ]);
    const get = 'GET / HTTP/1.1\r\n\r\n';
    expect(read(get + get)).toEqual(Array(2).fill(['GET / HTTP/1.1<CRLF>', '<CRLF>']).flat());
  });

  it('reads the answer to another request anew, whatever was promised before', () => {
    const lines: string[] = [];
    const reader = new MessageReader((line) => lines.push(line));
    // To a HEAD, of which no body comes.
    reader.write(reply('image/png', '', 5));
    reader.turn();
    reader.write(reply('image/png', 'abc'));
    expect(lines.slice(4)).toContain('HTTP/1.1 200 OK<CRLF>');
    expect(lines.at(-1)).toBe('3 bytes of image/png');
  });

  it('says what is missing', () => {
    expect(read(reply('text/plain', 'abc', 5)).slice(4)).toEqual([
      'abc',
      '... 2 more bytes are missing, by its Content-Length',
    ]);
  });

  it('is cut where nobody would read on', () => {
    const lines = read(reply('text/plain', 'line\n'.repeat(1000)));
    expect(lines).toHaveLength(4 + 60 + 1);
    expect(lines.at(-1)).toBe('4700 more bytes of text/plain');
    expect(read(`${'x'.repeat(5000)}\r\n`)).toEqual([
      `${'x'.repeat(1000)}... (4000 more bytes)<CRLF>`,
    ]);
  });

  it('is the same however it was cut into pieces', () => {
    const whole = Buffer.concat([
      reply('text/html', '<p>\r\nä\n'),
      reply('image/png', Buffer.from([0, 10, 13, 10, 255])),
      Buffer.from('hello\r\nechoed\n'),
    ]);
    const expected = read(whole);
    for (let size = 1; size < 40; size += 1) {
      const pieces = Array.from({ length: Math.ceil(whole.byteLength / size) }, (_, index) =>
        whole.subarray(index * size, (index + 1) * size),
      );
      expect(read(...pieces)).toEqual(expected);
    }
  });
});
