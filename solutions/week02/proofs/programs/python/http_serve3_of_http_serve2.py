# http_serve3, flat in lab/ beside the http_serve2 that it builds on.
#
# Differs: ok_response is imported from the stage before, not copied. A request that is refused gets
# no answer: the bonus is left out, and the connection is closed.
import sys

sys.dont_write_bytecode = True

import os
import socket

from http_serve2 import ok_response


def parse_request(request):
    lines = request.split('\r\n')
    parts = lines[0].split()
    if len(parts) != 3:
        raise ValueError('three words make a request line, not ' + str(len(parts)))
    if parts[0] != 'GET':
        raise NotImplementedError(parts[0])
    if parts[2] not in ('HTTP/1.0', 'HTTP/1.1'):
        raise ValueError(parts[2])
    return parts[1]


def get_request(conn):
    request = ''
    while '\r\n\r\n' not in request:
        piece = conn.recv(100).decode('iso-8859-1')
        if piece == '':
            break
        request = request + piece
    return request


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(('localhost', int(os.getenv('PORT') or sys.argv[1])))
    sock.listen(16)
    while True:
        conn, addr = sock.accept()
        conn.settimeout(3)
        try:
            uri = parse_request(get_request(conn))
            print('URI:', uri)
            page = open(os.path.join(here, 'tiny_html.html'), 'rb')
            conn.sendall(ok_response(page.read()))
            page.close()
        except Exception as e:
            print('No answer for', addr, repr(e))
        finally:
            conn.close()
