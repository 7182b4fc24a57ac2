"""echo_server: send every byte straight back to whoever sent it."""
import os
import socketserver
import sys

PORT = int(os.environ.get('PORT') or (sys.argv[1] if len(sys.argv) > 1 else 50000))


class EchoHandler(socketserver.BaseRequestHandler):
    """Speaks to one client, until it has no more to say."""

    def handle(self):
        self.request.settimeout(60)
        try:
            while True:
                data = self.request.recv(4096)
                if not data:  # the client hung up, perhaps without a word
                    break
                self.request.sendall(data)
        except OSError as problem:  # a timeout or a reset: this client's trouble only
            print('lost a client:', problem, file=sys.stderr)


class EchoServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


if __name__ == '__main__':
    try:
        with EchoServer(('127.0.0.1', PORT), EchoHandler) as server:
            print('echoing on port', PORT, flush=True)
            server.serve_forever()
    except KeyboardInterrupt:
        pass
