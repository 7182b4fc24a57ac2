"""http_serve2: a child process for each client, by os.fork.

Differs: HTTP/1.0, where the end of the connection is the end of the page. There is no
Content-Length, and no Date (a bonus that this student did not go for).
"""
import os
import signal
import socket
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')


def ok_response(body):
    if not isinstance(body, bytes):
        body = body.encode('utf8')
    return b'HTTP/1.0 200 OK\r\nContent-Type: text/html;charset=UTF-8\r\n\r\n' + body


def handle(conn):
    conn.settimeout(5)
    request = conn.makefile('rb')
    for line in request:
        if line.strip() == b'':
            break
    conn.sendall(ok_response(open(os.path.join(ROOT, 'tiny_html.html'), 'rb').read()))
    conn.shutdown(socket.SHUT_WR)
    request.read()


def main(port):
    # Children that nobody waits for would stay as zombies.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('0.0.0.0', port))
    server.listen(5)
    while True:
        conn, addr = server.accept()
        if os.fork() == 0:
            server.close()
            try:
                handle(conn)
            except OSError as e:
                sys.stderr.write('%s: %s\n' % (addr, e))
            os._exit(0)
        conn.close()


if __name__ == '__main__':
    try:
        main(int(sys.argv[1]) if sys.argv[1:] else 50000)
    except KeyboardInterrupt:
        print('stopped')
