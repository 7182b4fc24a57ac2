"""http_serve5: the files of web/, with their types.

One thread and `selectors`: no client, however slow, keeps another waiting.
"""
import os
import re
import selectors
import socket
import sys
import time
from email.utils import formatdate
from urllib.parse import unquote

WEB = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'web')

TYPES = {
    '.html': 'text/html; charset=utf-8',
    '.htm': 'text/html; charset=utf-8',
    '.txt': 'text/plain; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.jpg': 'image/jpeg',
    '.jpeg': 'image/jpeg',
    '.png': 'image/png',
    '.gif': 'image/gif',
    '.svg': 'image/svg+xml',
    '.pdf': 'application/pdf',
}


class MethodNotAllowed(ValueError):
    pass


def parse_request(request):
    """Return the URI of a GET request, or raise ValueError."""
    first_line = request.lstrip('\r\n').split('\n', 1)[0].rstrip('\r')
    found = re.fullmatch(r"([\w!#$%&'*+.^`|~-]+) (/\S*|https?://\S+|\*) HTTP/1\.\d", first_line)
    if not found:
        raise ValueError('bad request')
    if found.group(1) != 'GET':
        raise MethodNotAllowed(found.group(1))
    return found.group(2)


def make_response(status, body, content_type, *headers):
    head = ['HTTP/1.1 ' + status,
            'Date: ' + formatdate(usegmt=True),
            'Server: http_serve5',
            'Content-Type: ' + content_type,
            'Content-Length: ' + str(len(body)),
            'Connection: close']
    head.extend(headers)
    return '\r\n'.join(head).encode('ascii') + b'\r\n\r\n' + body


def ok_response(body, content_type='text/html; charset=utf-8'):
    if isinstance(body, str):
        body = body.encode('utf-8', 'surrogateescape')
    return make_response('200 OK', body, content_type)


def client_error_response(status='400 Bad Request', *headers):
    body = (status + '\r\n').encode()
    return make_response(status, body, 'text/plain; charset=utf-8', *headers)


def not_found_response():
    return client_error_response('404 Not Found')


def resolve_uri(uri):
    """The response for the file or directory; ValueError for a missing name."""
    path = re.sub(r'^https?://[^/?#]*', '', uri, flags=re.IGNORECASE)
    path = unquote(path.split('#')[0].split('?')[0], errors='surrogateescape')
    if '\\' in path or '\0' in path or '..' in path.split('/'):
        raise ValueError('that is not the name of anything')
    root = os.path.realpath(WEB)
    filename = os.path.realpath(os.path.join(root, path.lstrip('/')))
    if filename != root and not filename.startswith(root + os.sep):
        raise ValueError('that is outside')

    if os.path.isdir(filename):
        names = []
        for name in os.listdir(filename):
            if os.path.isdir(os.path.join(filename, name)):
                name += '/'
            names.append(name)
        return ok_response('\n'.join(sorted(names)) + '\n', TYPES['.txt'])
    if os.path.isfile(filename) and not path.endswith('/'):
        with open(filename, 'rb') as f:
            body = f.read()
        extension = os.path.splitext(filename)[1].lower()
        return ok_response(body, TYPES.get(extension, 'application/octet-stream'))
    raise ValueError('nothing here')


def answer(request):
    try:
        uri = parse_request(request)
    except MethodNotAllowed as e:
        response = client_error_response('405 Method Not Allowed', 'Allow: GET')
        if e.args == ('HEAD',):
            return response.partition(b'\r\n\r\n')[0] + b'\r\n\r\n'
        return response
    except ValueError:
        return client_error_response()
    print('GET', uri, flush=True)
    try:
        return resolve_uri(uri)
    except (ValueError, OSError):
        return not_found_response()


class Client:
    """One connection: 'reading' its request, then 'writing', then 'closing'.

    'closing' reads on until the client has closed too. Were we to close first
    with something unread, it would get a reset, perhaps before the answer.
    """

    PATIENCE = {'reading': 2, 'writing': 60, 'closing': 2}  # seconds of silence

    def __init__(self, sock):
        self.sock = sock
        self.state = 'reading'
        self.received = b''
        self.unsent = None
        self.heard_from()

    def heard_from(self):
        self.last_heard = time.monotonic()

    def is_late(self):
        # One that has not said a word may stay: it costs nothing.
        silent = self.state == 'reading' and not self.received
        return time.monotonic() - self.last_heard > (60 if silent else self.PATIENCE[self.state])

    def has_request(self):
        head = self.received.lstrip(b'\r\n')
        if re.search(rb'\r?\n\r?\n', head) or len(head) > 65536:
            return True
        # No need to wait for the rest of what is no GET.
        return b'\n' in head and not re.match(rb'GET \S+ HTTP/1\.\d\r?\n', head)

    def start_writing(self):
        self.unsent = memoryview(answer(self.received.decode('utf-8', 'replace')))
        self.state = 'writing'
        self.heard_from()

    def read(self):
        """Like write(): returns whether the connection is still of use."""
        data = self.sock.recv(65536)
        if self.state == 'closing':
            return data != b''
        if data:
            self.heard_from()
            self.received += data
        elif not self.received:
            return False
        if not data or self.has_request():
            self.start_writing()
        return True

    def write(self):
        sent = self.sock.send(self.unsent[:262144])
        self.unsent = self.unsent[sent:]
        self.heard_from()
        if not self.unsent:
            self.sock.shutdown(socket.SHUT_WR)
            self.state = 'closing'
        return True


def serve(port):
    selector = selectors.DefaultSelector()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(('127.0.0.1', port))
    listener.listen(100)
    listener.setblocking(False)
    selector.register(listener, selectors.EVENT_READ)

    def welcome():
        try:
            sock, _ = listener.accept()
        except OSError:
            return  # it left while it queued
        sock.setblocking(False)
        selector.register(sock, selectors.EVENT_READ, Client(sock))

    def forget(client):
        selector.unregister(client.sock)
        client.sock.close()

    def attend(client):
        try:
            useful = client.write() if client.state == 'writing' else client.read()
        except BlockingIOError:
            return
        except OSError:
            useful = False
        if useful:
            want = selectors.EVENT_WRITE if client.state == 'writing' else selectors.EVENT_READ
            selector.modify(client.sock, want, client)
        else:
            forget(client)

    while True:
        for key, _ in selector.select(timeout=0.5):
            if key.data is None:
                welcome()
            else:
                attend(key.data)
        for key in list(selector.get_map().values()):
            client = key.data
            if client is not None and client.is_late():
                if client.state == 'reading' and client.received:
                    client.start_writing()  # half a request: it will be a 400
                    selector.modify(client.sock, selectors.EVENT_WRITE, client)
                else:
                    forget(client)


if __name__ == '__main__':
    sys.stdout.reconfigure(errors='backslashreplace')
    try:
        serve(int(os.environ.get('PORT') or (sys.argv + ['50000'])[1]))
    except KeyboardInterrupt:
        pass
