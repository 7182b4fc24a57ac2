"""http_serve1: whatever the question, the answer is tiny_html.html."""
import os
import socket
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, '..', 'tiny_html.html')


def get_port():
    if os.environ.get('PORT'):
        return int(os.environ['PORT'])
    if len(sys.argv) > 1:
        return int(sys.argv[1])
    return 50000


def read_request(conn):
    """Everything up to the blank line, or as much of it as came."""
    request = b''
    give_up = time.monotonic() + 3
    while b'\r\n\r\n' not in request and b'\n\n' not in request:
        if len(request) > 65536 or time.monotonic() > give_up:
            break
        try:
            chunk = conn.recv(1024)
        except socket.timeout:
            break
        if chunk == b'':
            break
        request += chunk
    return request


def say_goodbye(conn):
    """Closing with bytes unread would reset the connection, and the client
    might lose our answer. So: say that we are done, then read what is left."""
    conn.shutdown(socket.SHUT_WR)
    conn.settimeout(0.3)
    give_up = time.monotonic() + 1
    while time.monotonic() < give_up and conn.recv(65536):
        pass


def main():
    port = get_port()
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('127.0.0.1', port))
    server.listen(50)
    print('Listening on port %d ...' % port, flush=True)

    while True:
        conn, addr = server.accept()
        conn.settimeout(1)
        try:
            if read_request(conn):
                with open(PAGE, 'rb') as page:
                    conn.sendall(page.read())
                say_goodbye(conn)
        except OSError as error:
            print('trouble with', addr, error, file=sys.stderr)
        finally:
            conn.close()


if __name__ == '__main__':
    try:
        main()
    except KeyboardInterrupt:
        pass
