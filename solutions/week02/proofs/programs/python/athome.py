"""athome: the finished server, on asyncio streams.

Files with their types, directories as pages of links, and /time-page.
"""
import asyncio
import html
import mimetypes
import os
import re
import sys
from datetime import datetime, timezone
from urllib.parse import quote, unquote

WEB = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'web')
GOOD_METHODS = ('GET',)


class HttpError(ValueError):
    def __init__(self, status, *headers):
        super().__init__(status)
        self.status = status
        self.headers = headers


def http_date(when):
    # Not strftime('%a'): the names must be English wherever this runs.
    day = 'Mon Tue Wed Thu Fri Sat Sun'.split()[when.weekday()]
    month = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[when.month - 1]
    return f'{day}, {when.day:02} {month} {when.year} {when:%H:%M:%S} GMT'


def build_response(status, body, content_type='text/html; charset=utf-8', headers=()):
    if isinstance(body, str):
        body = body.encode('utf-8', 'surrogateescape')
    head = [
        f'HTTP/1.1 {status}',
        f'Date: {http_date(datetime.now(timezone.utc))}',
        f'Content-Type: {content_type}',
        f'Content-Length: {len(body)}',
        'Connection: close',
        *headers,
    ]
    return b''.join(line.encode('ascii') + b'\r\n' for line in head) + b'\r\n' + body


def html_page(title, content):
    title = html.escape(title)
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
            f'<title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n{content}\n</body>\n</html>\n')


def ok_response(body, content_type='text/html; charset=utf-8', headers=()):
    return build_response('200 OK', body, content_type, headers)


def client_error_response(status='400 Bad Request', headers=()):
    return build_response(status, html_page(status, '<p>Sorry.</p>'), headers=headers)


def not_found_response():
    return client_error_response('404 Not Found')


def parse_request(request):
    """The URI of a GET request. Anything else is a ValueError."""
    request_line = re.split(r'\r?\n', request.lstrip('\r\n'), maxsplit=1)[0]
    try:
        method, uri, version = request_line.split(' ')
    except ValueError:
        raise HttpError('400 Bad Request') from None
    if not (method.isalpha() and uri and re.fullmatch(r'HTTP/1\.[0-9]', version)):
        raise HttpError('400 Bad Request')
    if method not in GOOD_METHODS:
        raise HttpError('405 Method Not Allowed', 'Allow: ' + ', '.join(GOOD_METHODS))
    return uri


def time_page():
    now = datetime.now(timezone.utc)
    content = f'<p>It is <time datetime="{now:%Y-%m-%dT%H:%M:%SZ}">{now:%Y-%m-%d %H:%M:%S} UTC</time>.</p>'
    return ok_response(html_page('The time', content), headers=['Cache-Control: no-store'])


def list_directory(directory, path):
    """A page with a link to each entry, relative to `path`, which ends in a slash."""
    items = [] if path == '/' else ['<li><a href="../">../</a></li>']
    with os.scandir(directory) as entries:
        for entry in sorted(entries, key=lambda e: e.name.lower()):
            name = entry.name + ('/' if entry.is_dir() else '')
            # quote() for the URL (it also hides a colon, which would look like
            # a scheme), escape() for the HTML.
            link = html.escape(quote(name, errors='surrogateescape'))
            items.append(f'<li><a href="{link}">{html.escape(name)}</a></li>')
    return ok_response(html_page('Index of ' + path, '<ul>\n' + '\n'.join(items) + '\n</ul>'))


def serve_file(filename):
    with open(filename, 'rb') as f:
        body = f.read()
    extension = os.path.splitext(filename)[1].lower()
    content_type = mimetypes.types_map.get(extension, 'application/octet-stream')
    if content_type.startswith('text/'):
        content_type += '; charset=utf-8'
    return ok_response(body, content_type)


def resolve_uri(uri):
    """The whole response for what the URI names; ValueError if it names nothing."""
    raw_path = re.split('[?#]', re.sub('(?i)^https?://[^/?#]*', '', uri))[0] or '/'
    path = unquote(raw_path, errors='surrogateescape')
    if path == '/time-page':
        return time_page()
    if '\0' in path or '\\' in path:
        raise HttpError('404 Not Found')

    root = os.path.realpath(WEB)
    target = os.path.realpath(root + '/' + path)
    if os.path.commonpath([root, target]) != root:
        raise HttpError('404 Not Found')
    if os.path.isdir(target):
        shown = '/' + ''.join(part + '/' for part in os.path.relpath(target, root).split(os.sep) if part != '.')
        if not path.endswith('/'):  # so that the page's relative links are right
            location = quote(shown, errors='surrogateescape')
            return build_response('301 Moved Permanently', html_page('Moved', ''), headers=['Location: ' + location])
        return list_directory(target, shown)
    if os.path.isfile(target) and not path.endswith('/'):
        return serve_file(target)
    raise HttpError('404 Not Found')


def respond(request):
    """Request in, response out, whatever the request is."""
    try:
        uri = parse_request(request)
        print(uri, flush=True)
        return resolve_uri(uri)
    except HttpError as error:
        if error.status.startswith('404'):
            response = not_found_response()
        else:
            response = client_error_response(error.status, error.headers)
        if request.lstrip('\r\n').startswith('HEAD '):
            response = response[:response.find(b'\r\n\r\n') + 4]
        return response
    except (ValueError, OSError) as error:
        print(ascii(str(error)), file=sys.stderr)
        return not_found_response()


async def read_request(reader):
    """Read to the blank line, or as far as it takes to see that there will be none."""
    received = b''
    while len(received) < 65536:
        head = received.lstrip(b'\r\n')
        if b'\r\n\r\n' in head or b'\n\n' in head:
            break
        if b'\n' in head and not re.match(rb'GET \S+ HTTP/1\.[0-9]\r?\n', head):
            break
        try:
            data = await asyncio.wait_for(reader.read(4096), 2 if received else 30)
        except asyncio.TimeoutError:
            break
        if not data:
            break
        received += data
    return received.decode('utf-8', 'replace')


async def send_all(writer, response):
    for start in range(0, len(response), 65536):
        writer.write(response[start:start + 65536])
        await asyncio.wait_for(writer.drain(), 60)  # a slow reader is fine, a dead one is not
    writer.write_eof()


async def read_the_rest(reader):
    # An unread body would turn our close into a reset.
    while await reader.read(65536):
        pass


async def handle_client(reader, writer):
    try:
        request = await read_request(reader)
        if request:
            loop = asyncio.get_running_loop()
            response = await loop.run_in_executor(None, respond, request)
            await send_all(writer, response)
            await asyncio.wait_for(read_the_rest(reader), 2)
    except (OSError, asyncio.TimeoutError):
        pass  # it left, or it stopped listening
    except asyncio.CancelledError:
        pass  # the whole server is ending
    finally:
        writer.close()


async def main(port):
    server = await asyncio.start_server(handle_client, '127.0.0.1', port)
    print('serving', WEB, 'at', server.sockets[0].getsockname(), flush=True)
    await asyncio.Event().wait()


if __name__ == '__main__':
    sys.stdout.reconfigure(errors='backslashreplace')
    port = os.environ.get('PORT') or (sys.argv[1] if len(sys.argv) >= 2 else '50000')
    try:
        asyncio.run(main(int(port)))
    except KeyboardInterrupt:
        pass
