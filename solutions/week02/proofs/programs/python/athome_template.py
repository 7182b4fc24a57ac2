"""athome with string.Template, and with links that are whole addresses.

Differs: each link begins with http:// and the Host that the client asked for. A page shows the way
back up as breadcrumbs, and links to the time and to the course's RFC. The time stands in a table,
date and time in rows of their own. Everything is served from the working directory.
"""
import os
import socket
import string
import sys
import threading
import time
from html import escape
from urllib.parse import quote, unquote

PAGE = string.Template('''<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>$title</title>
<style>td { padding-right: 2em }</style></head>
<body><nav>$nav</nav><h1>$title</h1>
<table>$rows</table>
<footer><a href="/time-page">what time is it?</a> &middot;
<a href="https://www.rfc-editor.org/rfc/rfc9112">how this works</a> &middot;
<a href="#">top</a> &middot; <a href="mailto:student@example.edu">me</a></footer></body></html>
''')

TYPES = dict(html='text/html', txt='text/plain', jpg='image/jpeg', jpeg='image/jpeg', png='image/png')


def page(title, nav, rows):
    table = ''.join('<tr>%s</tr>\n' % ''.join('<td>%s</td>' % cell for cell in row) for row in rows)
    return PAGE.substitute(title=escape(title), nav=nav, rows=table).encode()


def ok_response(body, media_type='text/html'):
    head = 'HTTP/1.0 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n'
    return head.format(media_type, len(body)).encode() + body


def not_found_response():
    body = b'<h1>Nothing here</h1>\n'
    head = 'HTTP/1.0 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n'
    return (head % len(body)).encode() + body


def parse_request(request):
    method, uri, version = request.splitlines()[0].split(' ')
    assert method == 'GET' and version in ('HTTP/1.0', 'HTTP/1.1')
    return uri


def host_of(request):
    for line in request.split('\r\n')[1:]:
        name, _, value = line.partition(':')
        if name.lower() == 'host':
            return value.strip()
    return 'localhost'


def link(host, path, text):
    return '<a href="http://%s%s">%s</a>' % (escape(host), quote(path), escape(text))


def breadcrumbs(host, path):
    links = [link(host, '/', 'home')]
    walked = '/'
    for name in path.strip('/').split('/') if path.strip('/') else []:
        walked += name + '/'
        links.append(link(host, walked, name))
    return ' &rsaquo; '.join(links)


def list_directory(host, path, folder):
    rows = []
    for entry in sorted(os.scandir(folder), key=lambda e: (e.is_file(), e.name)):
        target = path + entry.name + ('/' if entry.is_dir() else '')
        size = '' if entry.is_dir() else '%d bytes' % entry.stat().st_size
        rows.append((link(host, target, entry.name), size))
    return ok_response(page('Files in ' + path, breadcrumbs(host, path), rows))


def time_page(host):
    now = time.localtime()
    rows = [('Date', time.strftime('%A, %d %B %Y', now)), ('Time', time.strftime('%H:%M:%S', now))]
    return ok_response(page('The time', breadcrumbs(host, '/'), rows))


def resolve_uri(uri, host='localhost'):
    path = unquote(uri.split('?')[0])
    if path == '/time-page':
        return time_page(host)
    web = os.path.realpath('web')
    target = os.path.realpath('web/' + path)
    if not (target + '/').startswith(web + '/'):
        raise FileNotFoundError(uri)
    if os.path.isdir(target):
        return list_directory(host, path.rstrip('/') + '/', target)
    with open(target, 'rb') as f:
        return ok_response(f.read(), TYPES.get(target.split('.')[-1], 'application/octet-stream'))


def serve(conn):
    with conn, conn.makefile('rwb') as stream:
        conn.settimeout(8)
        try:
            request = b''
            for line in stream:
                request += line
                if line == b'\r\n':
                    break
            request = request.decode('latin-1')
            uri = parse_request(request)
            print(uri, flush=True)
            stream.write(resolve_uri(uri, host_of(request)))
        except (OSError, IndexError, ValueError, AssertionError):
            try:
                stream.write(not_found_response())
                stream.flush()
            except OSError:
                pass


if __name__ == '__main__':
    listener = socket.create_server(('127.0.0.1', int(os.environ.get('PORT') or sys.argv[1])))
    while True:
        threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()
