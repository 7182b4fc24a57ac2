import type { Edit, Equivalent } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'athome' };
const OWN = 'athome/web/what_i_did.txt';
const LIST = 'return okResponse(renderListing(target));';
const ITEM = '<li><a href="/${href}">${escapeHtml(name)}</a></li>';
const ENCODE = "const href = path.split('/').map(encodeURIComponent).join('/');";
const MARK_FOLDERS = 'entry.isDirectory() ? `${entry.name}/` : entry.name';
const UL = "`<ul>\\n${links.join('')}</ul>\\n`";
const DOCTYPE = '`<!DOCTYPE html>\n';
const TIME_PAGE = "if (path === '/time-page') return okResponse(renderTimePage(new Date()));";
const TIME = '<time datetime="${now.toISOString()}">${now.toUTCString()}</time>';

/** Writes each item of a listing in this way. */
function lists(name: string, item: string, ...more: readonly Edit[]): Equivalent {
  return { name, ...STAGE, edit: [[ITEM, item], ...more] };
}

/** Shows the time in this way. */
function tells(name: string, time: string): Equivalent {
  return { name, ...STAGE, edit: [[TIME, time]] };
}

/** Sends a folder without its slash to the one with it. @param to makes the address of `path` */
function redirects(status: string, to: string): Edit {
  return [
    LIST,
    `{
      if (path.endsWith('/')) ${LIST}
      return buildResponse('${status}', { 'LOCATION': ${to} }, '');
    }`,
  ];
}

const UNMARKED: Edit = [MARK_FOLDERS, 'entry.name'];
/** A link that leads from a page whose address ends in a slash. */
const RELATIVE: Edit = [ENCODE, "const href = name.split('/').map(encodeURIComponent).join('/');"];

export const athome: readonly Equivalent[] = [
  lists(
    'links from the page',
    '<li><a href="./${href}">${escapeHtml(name)}</a>',
    RELATIVE,
    redirects('301 Moved Permanently', 'path + "/"'),
  ),
  lists(
    'writes whole URLs',
    '<li><a href="http://localhost:${PORT}/${href}">${escapeHtml(name)}</a>',
  ),
  lists(
    'writes URLs without their scheme',
    '<li><a href=//127.0.0.1:${PORT}/${href}>${escapeHtml(name)}</a>',
  ),
  lists('leaves out quotation marks', '<LI><A HREF=/${href}>${escapeHtml(name)}</A>'),
  lists(
    'takes other quotation marks, and white space',
    "<a class='x'\n  href = ' /${href}\n'\n>${name.slice(0, 4)}&hellip;</a >",
  ),
  lists(
    'writes entities where none are needed',
    '<a href="&#x2F;${href.replaceAll("/", "&sol;").replaceAll("e", "&#101;")}">${escapeHtml(name)}</a>',
  ),
  lists('encodes letters that need no encoding', '<a href="/${href}">${escapeHtml(name)}</a>', [
    ENCODE,
    "const href = path.split('/').map((part) => Buffer.from(part).toString('hex').replace(/../g, '%$&')).join('/');",
  ]),
  lists('links to folders without a slash', ITEM, UNMARKED),
  ...[
    ['301 ', 'path + "/"'],
    ['302 Found', '"http://localhost:" + PORT + path + "/"'],
    ['303 See Other', '"./" + path.split("/").at(-1) + "/"'],
    ['307 Temporary Redirect', '"//127.0.0.1:" + PORT + path + "/?from=here#top"'],
    ['308 Permanent Redirect', 'path.split("/").at(-1) + "/"'],
  ].map(([status = '', to = '']) =>
    lists(
      `redirects with ${status.slice(0, 3)} to the slash`,
      ITEM,
      UNMARKED,
      redirects(status, to),
    ),
  ),
  lists(
    'lists in a table that can be sorted',
    '<tr><td><img alt="[   ]"></td><td><a href="/${href}">${escapeHtml(name.slice(0, 5))}..&gt;</a></td><td align=right>2026-11-21 10:00</td><td>1.5K</td></tr>',
    [
      UL,
      `'<table><tr><th><a href="?C=N;O=D">Name</a><th><a href="?C=S&amp;O=A">Size</a></tr>' + links.join('') +
      '</table><p><a href="..">Parent</a> <a href="/time-page">time</a> <a href="#top">top</a> <a href="">here</a> <a href="mailto:me@example.org">me</a> <a href="https://example.org/none">elsewhere</a>'`,
    ],
    [
      DOCTYPE,
      '`\\uFEFF<style>a{color:red}</style><script>"<a href=/none>"</script><!-- <a href=/none> -->\n',
    ],
  ),
  lists('has a base', '<p><a href="${href}?v=1#x">${escapeHtml(name)}</a>', [
    DOCTYPE,
    DOCTYPE + '<base href="/">',
  ]),
  lists(
    'links to a page that leads on to the time',
    ITEM,
    [UL, `'<p><a href="/clock">What time is it?</a>' + ${UL}`],
    [
      TIME_PAGE,
      `if (path === '/clock') return buildResponse('302 Found', { Location: '/time-page' }, '');\n  ${TIME_PAGE}`,
    ],
  ),
  {
    name: 'shows a hidden folder, and redirects to its slash',
    ...STAGE,
    edit: [UNMARKED, redirects('301 Moved Permanently', 'path + "/"')],
    files: { 'athome/web/.notes/one.txt': 'one\n', 'athome/web/.two': '' },
  },
  {
    name: 'has awkward names',
    ...STAGE,
    files: Object.fromEntries(
      [
        '50% of Q&A #1.txt',
        '100%20.txt',
        "it's <b>.html",
        'a;b=c+d,e~f.txt',
        'naïve 東京 \u{1f600}.txt',
        '"x" [y] {z}|^`.txt',
        'back\\slash.txt',
        'c:d.txt',
        '?.txt',
        'e\u0301.txt',
        'images/Q&amp;A.txt',
        '..x/...',
      ].map((name) => [`athome/web/${name}`, `${name}\r\n`]),
    ),
  },
  {
    name: 'brings another text file of its own',
    ...STAGE,
    files: { [OWN]: undefined, 'athome/web/My Notes.TXT': '\uFEFFI did it.\r\nAll of it.' },
  },
  {
    name: 'makes a file of its own when it starts',
    ...STAGE,
    edit: [
      [
        'function start(): void {',
        "function start(): void {\n  writeFileSync(join(WEB_ROOT, 'started.txt'), new Date().toString());",
      ],
      ["statSync } from 'node:fs';", "statSync, writeFileSync } from 'node:fs';"],
    ],
  },
  tells(
    'tells the time of New York',
    "${now.toLocaleString('en-US', { timeZone: 'America/New_York' })}",
  ),
  tells(
    'tells the time in words of India',
    "${now.toLocaleTimeString('en-IN', { timeZone: 'Asia/Kolkata', timeStyle: 'full' })}",
  ),
  tells(
    'tells the time of Nepal by its offset',
    '${new Date(now.getTime() + 20_700_000).toISOString().replace("Z", "+05:45")}',
  ),
  tells('tells the time of Finland, with dots', "${now.toLocaleString('fi-FI')}"),
  tells('tells the time of Germany', "Es ist der ${now.toLocaleString('de-DE')} Uhr"),
  tells(
    'tells the time of Canada',
    "${now.toLocaleString('fr-CA', { dateStyle: 'full', timeStyle: 'medium' })}",
  ),
  tells(
    'tells the time of Japan',
    "${now.toLocaleString('ja-JP', { dateStyle: 'full', timeStyle: 'full' })}",
  ),
  tells('tells hours and minutes', '${now.toISOString().slice(11, 16)}'),
  tells(
    'tells hours and minutes after noon',
    "${now.toLocaleTimeString('en-US', { timeStyle: 'short' })}",
  ),
  tells('tells seconds since 1970', '${Math.floor(now.getTime() / 1000)}'),
  tells('tells milliseconds since 1970', '${now.getTime()} ms'),
  tells('tells the time in short', '${now.getHours()}:${now.getMinutes()}:${now.getSeconds()}'),
  tells(
    'tells the time in colours',
    '<b>${now.toISOString().slice(11, 13)}</b><i>:</i><b>${now.toISOString().slice(14, 16)}</b>&#58;<span>${now.toISOString().slice(17, 19)}</span>',
  ),
  tells(
    'tells the time as ISO 8601 without punctuation',
    "${now.toISOString().replace(/[-:]|\\.\\d+/g, '')}",
  ),
  tells(
    'tells the time as a log does',
    '[${now.toString()}] [21/Nov/2026:${now.toISOString().slice(11, 19)} +0000] up 00:00:01',
  ),
  {
    name: 'answers a client of 1996, byte by byte',
    ...STAGE,
    edit: [
      ['`HTTP/1.1 ${status}`,', '`HTTP/1.0 ${status}`,'],
      ['`Content-Length: ${content.byteLength}`,', ''],
      [
        'socket.end(respond(request));',
        'for (const byte of respond(request)) socket.write(Uint8Array.of(byte));\n    socket.end();',
      ],
    ],
  },
  {
    name: 'finds web/ from where it is started',
    ...STAGE,
    edit: [["join(import.meta.dirname, 'web')", "join(process.cwd(), 'web')"]],
  },
];
