// Files that stand beside the programs of programs.ts: modules of their own, and earlier stages.

export const ownMessages = `export function message(status: string, body: string | Buffer, type = 'text/plain'): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const fields = ['Content-Type: ' + type, 'Content-Length: ' + bytes.length, 'Connection: close'];
  return Buffer.concat([Buffer.from(['HTTP/1.1 ' + status, ...fields, '', ''].join('\\r\\n')), bytes]);
}

export const okResponse = (body: string | Buffer, type = 'text/html') => message('200 OK', body, type);
export const notFoundResponse = () => message('404 Not Found', 'There is no such name.\\n');
export const clientErrorResponse = () => message('400 Bad Request', 'Say GET.\\n');

export function parseRequest(request: string): string {
  const uri = /^GET (\\S+) HTTP\\/1\\.\\d\\r?\\n/.exec(request)?.[1];
  if (uri === undefined) throw new Error(request.split('\\n')[0]);
  return uri;
}
`;

export const ownListing = `import { readdirSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';

export class NotThere extends Error {}
export class NotADirectory extends Error {}

export const web = join(import.meta.dirname, '..', '..', 'web');

/** Lists a directory of web/ with the size of everything in it. */
export default function listing(uri: string): string {
  const path = join(web, normalize(decodeURIComponent(uri.split('?', 1)[0]!)));
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new NotThere(uri);
  if (!stats.isDirectory()) throw new NotADirectory(uri);
  const sizeOf = (name: string) => String(statSync(join(path, name)).size).padStart(9);
  return readdirSync(path).map((name) => \`\${sizeOf(name)}  \${name}\\n\`).join('');
}
`;

export const listProcess = `import { readdirSync } from 'node:fs';

interface Question {
  directory: string;
  uri: string;
}

export const escape = (text: string): string => text.replace(/[<&]/g, (c) => (c === '<' ? '&lt;' : '&amp;'));
export const encode = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

process.on('message', ({ directory, uri }: Question) => {
  const links = readdirSync(directory).map(
    (name) => \`<a href="\${encode(uri + name)}">\${escape(name)}</a><br>\`,
  );
  process.send?.(\`<!doctype html><title>\${escape(uri)}</title>\${links.join('\\n')}\`);
});
process.on('disconnect', () => process.exit());
`;

export const serverOfHttpServe3 = `import os
import socket
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'http_serve2'))

from http_serve2 import ok_response, make_response


def parse_request(request):
    method, uri, version = request.split('\\r\\n')[0].split(' ')
    if method != 'GET' or version[:7] != 'HTTP/1.':
        raise ValueError(request)
    return uri


def error_response(code, reason):
    return make_response('%d %s' % (code, reason), 'text/plain', reason)


def serve(answer):
    server = socket.create_server(('', int(os.environ['PORT'])))
    while True:
        client, _ = server.accept()
        with client:
            try:
                request = b''
                while b'\\r\\n\\r\\n' not in request:
                    piece = client.recv(4096)
                    if not piece:
                        raise ValueError(request)
                    request += piece
                uri = parse_request(request.decode('latin-1'))
                print(uri)
                client.sendall(answer(uri))
            except ValueError:
                client.sendall(error_response(400, 'Bad Request'))
            except OSError as error:
                print(error, file=sys.stderr)


if __name__ == '__main__':
    serve(lambda uri: ok_response(uri))
`;

export const responsesOfHttpServe2 = `def make_response(status, media_type, body):
    if isinstance(body, str):
        body = body.encode('utf-8')
    head = 'HTTP/1.1 %s\\r\\nContent-Type: %s\\r\\nContent-Length: %d\\r\\n\\r\\n'
    return (head % (status, media_type, len(body))).encode() + body


def ok_response(body, media_type='text/html'):
    return make_response('200 OK', media_type, body)
`;

export const responsesInLab = `import email.utils


def ok_response(body):
    if not isinstance(body, bytes):
        body = body.encode()
    head = 'HTTP/1.1 200 OK\\r\\nDate: %s\\r\\nContent-Type: text/html\\r\\nContent-Length: %d\\r\\n\\r\\n'
    return (head % (email.utils.formatdate(usegmt=True), len(body))).encode() + body
`;
