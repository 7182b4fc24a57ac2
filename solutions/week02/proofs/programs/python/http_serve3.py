"""http_serve3: read the request before answering it."""
import os
import re
import socket
import sys
import time
from email.utils import formatdate

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, '..', 'tiny_html.html')


class MethodNotAllowed(ValueError):
    """Good HTTP, but not a GET."""


def parse_request(request):
    """The URI of a GET request. ValueError if it is anything else."""
    request_line = request.lstrip('\r\n').split('\n')[0].rstrip('\r')
    match = re.match(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP/1\.[0-9]\Z", request_line)
    if match is None:
        raise ValueError('not an HTTP request: %r' % request_line[:80])
    method, uri = match.groups()
    if method != 'GET':
        raise MethodNotAllowed('no %s here' % method)
    return uri


def make_response(status, body, extra=''):
    if isinstance(body, str):
        body = body.encode()
    head = ('HTTP/1.1 %s\r\n'
            'Date: %s\r\n'
            'Content-Type: text/html; charset=utf-8\r\n'
            'Content-Length: %d\r\n'
            'Connection: close\r\n'
            '%s\r\n') % (status, formatdate(usegmt=True), len(body), extra)
    return head.encode('ascii') + body


def ok_response(body):
    return make_response('200 OK', body)


def client_error_response(status='400 Bad Request'):
    page = '<!DOCTYPE html><title>%s</title><h1>%s</h1>\n' % (status, status)
    # RFC 9110, 15.5.6: a 405 has to say what is allowed.
    extra = 'Allow: GET\r\n' if status.startswith('405') else ''
    return make_response(status, page, extra)


def is_complete(received):
    """There is a blank line, or the first line already says that this is no GET."""
    text = received.lstrip(b'\r\n')
    if b'\r\n\r\n' in text or b'\n\n' in text:
        return True
    if b'\n' not in text:
        return False
    try:
        parse_request(to_text(text))
    except ValueError:
        return True
    return False


def to_text(received):
    return received.decode('ascii', 'backslashreplace')


def read_request(conn):
    received = b''
    deadline = time.monotonic() + 4
    while not is_complete(received) and len(received) < 65536:
        if time.monotonic() > deadline:
            break
        try:
            data = conn.recv(2048)
        except socket.timeout:
            break
        if not data:
            break
        received += data
    return to_text(received)


def answer(request):
    try:
        uri = parse_request(request)
    except MethodNotAllowed:
        response = client_error_response('405 Method Not Allowed')
        if request.lstrip('\r\n').startswith('HEAD '):  # its reply never has a body
            response = response[:response.index(b'\r\n\r\n') + 4]
        return response
    except ValueError:
        return client_error_response()
    print(uri, flush=True)
    with open(PAGE, 'rb') as f:
        return ok_response(f.read())


def serve_client(conn):
    conn.settimeout(1)
    request = read_request(conn)
    if request == '':
        return
    conn.sendall(answer(request))
    # The rest, a POST's body perhaps, has to be read too: closing on top of it
    # makes the kernel send a reset, which can overtake the answer.
    conn.shutdown(socket.SHUT_WR)
    conn.settimeout(0.3)
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        if not conn.recv(65536):
            break


def main(port):
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(('127.0.0.1', port))
        server.listen()
        while True:
            conn, _ = server.accept()
            with conn:
                try:
                    serve_client(conn)
                except OSError as e:
                    print('client lost:', e, file=sys.stderr)


if __name__ == '__main__':
    port = os.environ.get('PORT')
    if not port:
        port = sys.argv[1] if len(sys.argv) > 1 else '50000'
    try:
        main(int(port))
    except KeyboardInterrupt:
        print('bye', file=sys.stderr)
