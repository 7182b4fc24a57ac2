// athome with HTML written by a tagged template, which escapes what is put into it.
//
// Differs: /images redirects to /images/, links are relative to the page (./name), and each picture
// has a second link, to a page that shows it large and is told by a query which one. The time is told
// as in Tokyo, on a clock of twelve hours. Unfinished requests get a 408 after ten seconds.
import { once } from 'node:events';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const WEB = path.join(path.dirname(fileURLToPath(import.meta.url)), 'web');
const PLAIN = { '.txt': 'text/plain', '.html': 'text/html', '.md': 'text/markdown' };
const PICTURES = { '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png' };

class Html {
  constructor(text) {
    this.text = text;
  }
}

function markup(strings, ...values) {
  const escape = (value) => {
    if (Array.isArray(value)) return value.map(escape).join('');
    if (value instanceof Html) return value.text;
    return String(value).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  };
  return new Html(String.raw({ raw: strings }, ...values.map(escape)));
}

const layout = (title, content) =>
  markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;

const clock = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'full',
  timeStyle: 'medium',
  timeZone: 'Asia/Tokyo',
});

function ok(content, type = 'text/html; charset=utf-8') {
  const body = content instanceof Html ? content.text : content;
  return reply('200 OK', body, { 'Content-Type': type });
}

function reply(status, body, fields) {
  const bytes = Buffer.from(body);
  const all = { ...fields, 'Content-Length': bytes.length, Connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`), bytes]);
}

function sorry(status, fields = {}) {
  const type = 'text/html; charset=utf-8';
  return reply(status, layout(status, markup`<p><a href="/">Home</a></p>`).text, {
    'Content-Type': type,
    ...fields,
  });
}

async function listing(folder, uri) {
  const entries = await readdir(folder, { withFileTypes: true });
  const items = entries.map((entry) => {
    const href = `./${encodeURIComponent(entry.name)}${entry.isDirectory() ? '/' : ''}`;
    const isPicture = path.extname(entry.name).toLowerCase() in PICTURES;
    const large = `/gallery?${new URLSearchParams({ picture: uri + entry.name })}`;
    const picture = isPicture ? markup` (<a href="${large}">large</a>)` : '';
    return markup`<li><a href="${href}">${entry.name}</a>${picture}</li>\n`;
  });
  const up = uri === '/' ? '' : markup`<p><a href="..">one up</a></p>`;
  return ok(layout(`What is in ${uri}`, markup`${up}<ol>${items}</ol>`));
}

async function resolveUri(uri) {
  const { pathname, searchParams } = new URL(uri, 'http://localhost');
  if (pathname === '/time-page') {
    return ok(layout('In Tokyo', markup`<p>it is <b>${clock.format(new Date())}</b></p>`));
  }
  if (pathname === '/gallery' && searchParams.has('picture')) {
    return ok(layout('Gallery', markup`<img src="${searchParams.get('picture')}" width="100%" />`));
  }
  const name = decodeURIComponent(pathname);
  const target = await realpath(path.join(WEB, name));
  if (path.relative(await realpath(WEB), target).startsWith('..')) throw new Error('outside');
  if ((await stat(target)).isDirectory()) {
    if (!pathname.endsWith('/'))
      return sorry('308 Permanent Redirect', { Location: `${pathname}/` });
    return listing(target, name);
  }
  const extension = path.extname(target).toLowerCase();
  const type = { ...PLAIN, ...PICTURES }[extension] ?? 'application/octet-stream';
  return ok(await readFile(target), type);
}

async function respond(head) {
  const [method, uri, version] = head.split('\r\n')[0].split(' ');
  if (!version?.startsWith('HTTP/1.') || !uri.startsWith('/')) return sorry('400 Bad Request');
  if (method !== 'GET') return sorry('405 Method Not Allowed', { Allow: 'GET' });
  console.log('%s %s', method, uri);
  return resolveUri(uri).catch(() => sorry('404 Not Found'));
}

function serve(socket) {
  let head = '';
  const read = async (chunk) => {
    head += chunk;
    if (!head.includes('\r\n\r\n')) return;
    socket.off('data', read).resume();
    socket.end(await respond(head));
  };
  socket.on('data', read);
  socket.on('error', () => socket.destroy());
  socket.setTimeout(10_000, () => socket.end(sorry('408 Request Timeout')));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const server = createServer(serve).listen(process.env.PORT ?? process.argv[2], '127.0.0.1');
  await once(server, 'listening');
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
}
