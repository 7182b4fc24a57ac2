"""http_serve5 with socketserver: a thread for each connection, and many requests on each.

Differs: connections are kept alive as HTTP/1.1 has it, listings go out in chunks, and files by
sendfile, which never brings them into Python at all.
"""
import os
import re
import socketserver
import sys
from urllib.parse import unquote_to_bytes

WEB = os.path.realpath(os.fsencode(os.path.join(os.path.dirname(__file__), '..', 'web')))
TYPES = {b'.html': 'text/html', b'.txt': 'text/plain', b'.png': 'image/png',
         b'.jpg': 'image/jpeg', b'.jpeg': 'image/jpeg'}


class Problem(Exception):
    pass


def parse_request(request):
    found = re.match(r'([A-Z]+) (\S+) HTTP/1\.[01]\r?\n', request)
    if not found:
        raise Problem('400 Bad Request')
    if found[1] != 'GET':
        raise Problem('405 Method Not Allowed')
    return found[2]


def find(uri):
    path = unquote_to_bytes(uri.partition('?')[0])
    if b'\0' in path:
        raise Problem('404 Not Found')
    target = os.path.realpath(WEB + b'/' + path)
    if os.path.commonpath([WEB, target]) != WEB or not os.path.exists(target):
        raise Problem('404 Not Found')
    return target


class Handler(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self):
        try:
            while self.answer_one():
                pass
        except OSError:
            pass  # it left, or it was silent for too long

    def answer_one(self):
        """Answer a request. True if another may follow on this connection."""
        line = self.rfile.readline(8000).decode('latin-1')
        while line in ('\r\n', '\n'):
            line = self.rfile.readline(8000).decode('latin-1')
        if not line:
            return False
        headers = self.read_headers()
        try:
            uri = parse_request(line)
            print(uri, flush=True)
            target = find(uri)
            if os.path.isdir(target):
                self.send_listing(target, line.rstrip().endswith('1.1'))
            else:
                self.send_file(target)
        except Problem as problem:
            self.send_problem(str(problem))
            if b'content-length' in headers:
                self.rfile.read(int(headers[b'content-length']))
        return headers.get(b'connection', b'').lower() != b'close' and line.rstrip().endswith('1.1')

    def read_headers(self):
        headers = {}
        for line in iter(lambda: self.rfile.readline(8000).strip(), b''):
            name, _, value = line.partition(b':')
            headers[name.lower()] = value.strip()
        return headers

    def send_head(self, status, *headers):
        head = ''.join(line + '\r\n' for line in ('HTTP/1.1 ' + status, *headers, ''))
        self.wfile.write(head.encode('ascii'))

    def send_listing(self, folder, in_chunks):
        if not in_chunks:  # HTTP/1.0 does not know them
            self.send_head('200 OK', 'Content-Type: text/plain', 'Connection: close')
            self.wfile.write(b'\n'.join(os.listdir(folder)))
            return
        self.send_head('200 OK', 'Content-Type: text/plain', 'Transfer-Encoding: chunked')
        for name in os.listdir(folder):
            self.wfile.write(b'%x\r\n%s\n\r\n' % (len(name) + 1, name))
        self.wfile.write(b'0\r\n\r\n')

    def send_file(self, path):
        media_type = TYPES.get(os.path.splitext(path)[1], 'application/octet-stream')
        with open(path, 'rb') as file:
            size = os.fstat(file.fileno()).st_size
            self.send_head('200 OK', f'Content-Type: {media_type}', f'Content-Length: {size}')
            self.connection.sendfile(file)

    def send_problem(self, status):
        allow = ['Allow: GET'] if status.startswith('405') else []
        self.send_head(status, 'Content-Type: text/plain', f'Content-Length: {len(status)}', *allow)
        self.wfile.write(status.encode())


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = daemon_threads = True


if __name__ == '__main__':
    with Server(('', int(os.environ.get('PORT') or sys.argv[1])), Handler) as server:
        server.serve_forever()
