"""http_serve2: the same page, now as a proper HTTP response."""
import os
import pathlib
import socket
import socketserver
import sys
import time

PAGE = pathlib.Path(__file__).resolve().parent.parent / 'tiny_html.html'


def http_date():
    """The time now, like Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110, 5.6.7)."""
    return time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime())


def ok_response(body):
    """The whole 200 response, in bytes, with this HTML (str or bytes) as its body."""
    if isinstance(body, str):
        body = body.encode('utf-8')
    head = [
        'HTTP/1.1 200 OK',
        f'Date: {http_date()}',
        'Content-Type: text/html; charset=utf-8',
        f'Content-Length: {len(body)}',  # of the bytes, not of the letters
        'Connection: close',
    ]
    return ('\r\n'.join(head) + '\r\n\r\n').encode('ascii') + body


class PageHandler(socketserver.StreamRequestHandler):
    timeout = 1  # seconds, set on the client's socket by StreamRequestHandler

    def handle(self):
        try:
            if self.read_head():
                self.wfile.write(ok_response(PAGE.read_bytes()))
                self.hang_up()
        except OSError as problem:
            print('client', self.client_address, problem, file=sys.stderr)

    def read_head(self):
        """Read to the blank line. False if the client never said anything."""
        said_something = False
        give_up = time.monotonic() + 3
        try:
            for _ in range(200):
                line = self.rfile.readline(65537)
                if said_something and line in (b'\r\n', b'\n'):
                    break
                if line == b'' or time.monotonic() > give_up:
                    break
                said_something = said_something or line.strip() != b''
        except socket.timeout:
            pass  # it will not come to an end: answer what there is
        return said_something

    def hang_up(self):
        # Leave nothing unread, or the close becomes a reset.
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(0.3)
        give_up = time.monotonic() + 1
        while time.monotonic() < give_up and self.connection.recv(8192):
            pass


class PageServer(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 32


def main():
    port = int(os.environ.get('PORT') or (sys.argv[1:] or [50000])[0])
    with PageServer(('', port), PageHandler) as server:
        print(f'http://localhost:{port}/', flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass


if __name__ == '__main__':
    main()
