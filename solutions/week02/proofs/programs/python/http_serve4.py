"""http_serve4: list the directories of web/. A thread for each connection."""
import datetime
import os
import re
import socket
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote

WEB = Path(__file__).resolve().parent.parent / 'web'


class NotAGet(ValueError):
    pass


def parse_request(request: str) -> str:
    """Give the URI of a GET request; raise ValueError for all else."""
    line, _, _ = request.lstrip('\r\n').partition('\n')
    words = line.rstrip('\r').split(' ')
    if len(words) != 3:
        raise ValueError('a request line has three words')
    method, uri, version = words
    if not re.fullmatch(r'HTTP/1\.\d', version):
        raise ValueError('not HTTP/1.x')
    if not re.fullmatch(r'[A-Za-z-]+', method) or not uri:
        raise ValueError('not a request')
    if method != 'GET':
        raise NotAGet(method)
    return uri


def response(status: str, body, headers=()) -> bytes:
    """A whole response, with a plain text for a body."""
    if isinstance(body, str):
        body = body.encode('utf-8', 'surrogateescape')  # file names may be odd
    now = datetime.datetime.now(datetime.timezone.utc)
    lines = [
        'HTTP/1.1 ' + status,
        'Date: ' + now.strftime('%a, %d %b %Y %H:%M:%S GMT'),
        'Content-Type: text/plain; charset=utf-8',
        'Content-Length: ' + str(len(body)),
        'Connection: close',
        *headers,
        '',
        '',
    ]
    return '\r\n'.join(lines).encode('ascii') + body


def ok_response(body) -> bytes:
    return response('200 OK', body)


def client_error_response(status='400 Bad Request', headers=()) -> bytes:
    return response(status, status + '\n', headers)


def not_found_response() -> bytes:
    return client_error_response('404 Not Found')


def find(uri: str) -> Path:
    """What the URI names, inside web/ and nowhere else. ValueError if nothing."""
    path = re.sub(r'(?i)^https?://[^/?#]*', '', uri)
    path = re.split('[?#]', path)[0]
    path = unquote(path, errors='surrogateescape')
    if '\0' in path or '\\' in path:
        raise ValueError('not a name: ' + ascii(uri))
    try:
        # Without its leading slashes, or Path would start again at the disk's root.
        found = (WEB / path.lstrip('/')).resolve()
        root = WEB.resolve()
        inside = found == root or root in found.parents
        if not inside or not found.exists():
            raise ValueError('nothing here called ' + ascii(uri))
        if path.endswith('/') and not found.is_dir():
            raise ValueError('not a directory: ' + ascii(uri))
    except (OSError, RuntimeError) as error:  # too long a name, a loop of links
        raise ValueError(str(error)) from error
    return found


def resolve_uri(uri: str) -> bytes:
    """The response with the listing of the directory that the URI names."""
    found = find(uri)
    if not found.is_dir():
        raise NotImplementedError('files come in http_serve5')
    names = sorted(p.name + '/' if p.is_dir() else p.name for p in found.iterdir())
    return ok_response(''.join(name + '\n' for name in names))


def answer(request: str) -> bytes:
    try:
        uri = parse_request(request)
    except NotAGet as method:
        reply = client_error_response('405 Method Not Allowed', ['Allow: GET'])
        if str(method) == 'HEAD':
            reply = reply.split(b'\r\n\r\n')[0] + b'\r\n\r\n'
        return reply
    except ValueError:
        return client_error_response()
    print(uri, flush=True)
    try:
        return resolve_uri(uri)
    except NotImplementedError:
        return response('501 Not Implemented', 'This server cannot show files yet.\n')
    except (ValueError, OSError):
        return not_found_response()


def read_request(conn) -> str:
    """Read until the blank line, or until the request line is plainly wrong."""
    data = b''
    end = time.monotonic() + 10
    while len(data) < 100_000 and time.monotonic() < end:
        head = data.lstrip(b'\r\n')
        if re.search(rb'\r?\n\r?\n', head):
            break
        if b'\n' in head and not re.match(rb'GET [^\n]* HTTP/1', head):
            break
        try:
            more = conn.recv(4096)
        except socket.timeout:
            break
        if not more:
            break
        data += more
    return data.decode('utf-8', 'replace')


def serve(conn):
    with conn:
        try:
            conn.settimeout(2)
            request = read_request(conn)
            if not request:
                return
            conn.sendall(answer(request))
            conn.shutdown(socket.SHUT_WR)
            # Take in what the client still sends; closing over it would be a reset.
            end = time.monotonic() + 2
            while time.monotonic() < end and conn.recv(65536):
                pass
        except OSError:
            pass  # gone, or too slow


def main():
    sys.stdout.reconfigure(errors='backslashreplace')
    port = int(os.environ.get('PORT') or (sys.argv[1] if sys.argv[1:] else 50000))
    listener = socket.create_server(('', port), backlog=64)
    while True:
        conn, _ = listener.accept()
        try:
            threading.Thread(target=serve, args=(conn,), daemon=True).start()
        except RuntimeError:  # no thread to be had just now
            conn.close()


if __name__ == '__main__':
    try:
        main()
    except KeyboardInterrupt:
        pass
