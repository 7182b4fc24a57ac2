import { describe, expect, test } from '@jest/globals';
import type { Exchange } from '../../wire/exchange.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { linksTo, showsName } from '../page/listed-names.ts';
import { readPage } from '../page/read-page.ts';
import { expectNames, expectNotNames, type Listing } from './listing.ts';
import { expectReply } from './reply.ts';

const AT = new URL('http://localhost:8080/images/');

function list(body: string): Listing {
  const received = Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${body}`);
  const request = { name: 'GET /images/', bytes: Buffer.alloc(0) };
  const exchange: Exchange = {
    request,
    received,
    ending: 'closed',
    withinMs: 3000,
    reply: parseReply(received, true),
  };
  const reply = expectReply(exchange);
  return { exchange, reply, at: AT, page: readPage(reply.body, AT) };
}

describe('a listing names a file', () => {
  test.each([
    ['in plain text, a line a name', 'a.txt\nimages\n', 'a.txt'],
    ['in plain text, the last line without its end', 'a.txt\nb.txt', 'b.txt'],
    ['in a list as Python prints it', "['a.txt', 'images']", 'images'],
    ['in JSON', '["a.txt","images"]', 'images'],
    ['between spaces', 'a.txt images b.txt', 'images'],
    ['with a slash behind a folder', 'weather/\n', 'weather'],
    ['that has a space, in plain text', 'my file.txt\n', 'my file.txt'],
    ['that has a space, as %20 in plain text', 'my%20file.txt\n', 'my file.txt'],
    ['as %20, where another name has a percent sign', '100%.txt\nmy%20file.txt\n', 'my file.txt'],
    ['that has a percent sign', '100%.txt\n', '100%.txt'],
    ['that is not ASCII', '東京.txt\n', '東京.txt'],
    ['as an entity', '<li>a&amp;b.txt', 'a&b.txt'],
    ['as a numeric entity', '<li>caf&#233;.txt', 'café.txt'],
    ['that looks like a tag', '<li>&lt;b&gt;.txt', '<b>.txt'],
    ['in list items without space between', '<ul><li>a.txt</li><li>b.txt</li></ul>', 'b.txt'],
    ['in cells without space between', '<table><tr><td>a.txt</td><td>2 KB</td></tr>', 'a.txt'],
    ['between line breaks', 'x<br>a.txt<br/>y', 'a.txt'],
    ['in bold letters', '<p><b>a</b>.txt</p>', 'a.txt'],
    ['in headings', '<h3>b.txt</h3><h3>a.txt</h3>', 'a.txt'],
    ['in options', '<select><option>b.txt<option>a.txt</select>', 'a.txt'],
    ['between rules', 'b.txt<hr>a.txt<hr>', 'a.txt'],
    ['at the end of a sentence', 'In this folder: b.txt, a.txt.', 'a.txt'],
    ['behind a dash', '-a.txt\n', 'a.txt'],
    ['with a space that does not break', '<li>my&nbsp;file.txt', 'my file.txt'],
  ])('%s', (_, body, name) => {
    expect(() => {
      expectNames(list(body), [name]);
    }).not.toThrow();
  });
});

describe('a listing links to a file', () => {
  test.each([
    ['by a relative link', '<a href="a.txt">x</a>', 'a.txt'],
    ['by a relative link with a dot', '<a href="./a.txt">x</a>', 'a.txt'],
    ['by a relative link with two dots', '<a href="../images/a.txt">x</a>', 'a.txt'],
    ['by an absolute path', '<a href="/images/a.txt">x</a>', 'a.txt'],
    ['by a whole URL', '<a href="http://localhost:8080/images/a.txt">x</a>', 'a.txt'],
    ['by another name of it', '<a href="http://127.0.0.1:8080/images/a.txt">x</a>', 'a.txt'],
    ['by a URL without its scheme', '<a href="//localhost:8080/images/a.txt">x</a>', 'a.txt'],
    ['in capitals and without quotes', '<A HREF=a.txt>x</A>', 'a.txt'],
    ['with a base', '<base href="/images/"><a href="a.txt">x</a>', 'a.txt'],
    ['with a slash behind a folder', '<a href="weather/">x</a>', 'weather'],
    ['with a query and a fragment', '<a href="a.txt?download#top">x</a>', 'a.txt'],
    ['percent-encoded', '<a href="my%20file.txt">x</a>', 'my file.txt'],
    ['percent-encoded without need', '<a href="%61.txt">x</a>', 'a.txt'],
    ['not encoded at all', '<a href="my file.txt">x</a>', 'my file.txt'],
    ['with an entity', '<a href="a&amp;b.txt">x</a>', 'a&b.txt'],
    ['with a hash sign, encoded', '<a href="a%23b.txt">x</a>', 'a#b.txt'],
    ['with a percent sign, encoded', '<a href="100%25.txt">x</a>', '100%.txt'],
    ['with a name that is not ASCII', '<a href="caf%C3%A9.txt">x</a>', 'café.txt'],
    [
      'whose text is cut, as nginx does it',
      '<a href="a_long_name.txt">a_lon..&gt;</a>',
      'a_long_name.txt',
    ],
  ])('%s', (_, body, name) => {
    const { page } = list(body);
    expect(linksTo(page, name, AT)).toHaveLength(1);
    expect(showsName(page, name, AT)).toBe(true);
  });
});

describe('a listing does not name a file', () => {
  test.each([
    ['that is the end of another name', 'a_web_page.html\n', 'page.html'],
    ['that is the beginning of another name', 'sample.txt.bak\n', 'sample.txt'],
    ['that is a part of another name', 'my-images-2\n', 'images'],
    ['that has another extension', 'sample.txt\n', 'sample'],
    ['that has other capitals', 'Sample.TXT\n', 'sample.txt'],
    ['that is only in a comment', '<p>x<!-- a.txt --></p>', 'a.txt'],
    ['to which a link of another folder leads', '<a href="/a.txt">x</a>', 'a.txt'],
    ['to which a link below leads', '<a href="weather/a.txt">x</a>', 'a.txt'],
    [
      'to which a link of another host leads',
      '<a href="http://example.org/images/a.txt">x</a>',
      'a.txt',
    ],
    ['where it is empty', '', 'a.txt'],
  ])('%s', (_, body, name) => {
    const listing = list(body);
    expect(linksTo(listing.page, name, AT)).toEqual([]);
    expect(() => {
      expectNames(listing, [name]);
    }).toThrow(`"${name}"`);
    expect(() => {
      expectNotNames(listing, [name]);
    }).not.toThrow();
  });
});

describe('the failure', () => {
  test('names the first name that is missing, how many more, and all that there are', () => {
    const act = (): void => {
      expectNames(list('b.txt'), ['a.txt', 'b.txt', 'c.txt']);
    };
    expect(act).toThrow('does not name "a.txt", and 1 more');
    expect(act).toThrow(
      expect.objectContaining({
        diagnosis: expect.objectContaining({
          code: 'not-listed',
          offset: 19,
          expected: expect.objectContaining({
            bytes: expect.objectContaining({ printable: 'a.txt\\nb.txt\\nc.txt' }),
          }),
        }),
      }),
    );
  });

  test('points at a name that should not be there', () => {
    const act = (): void => {
      expectNotNames(list('b.txt\na.txt\n'), ['a.txt']);
    };
    expect(act).toThrow(
      expect.objectContaining({
        diagnosis: expect.objectContaining({ code: 'listed-too-much', offset: 25, length: 5 }),
      }),
    );
  });
});
