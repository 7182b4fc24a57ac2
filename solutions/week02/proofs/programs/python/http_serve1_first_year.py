# http_serve1 the way it was written in the course's first years, for Python 2,
# and still right in Python 3.
#
# Differs: one recv, no loop around it; files are opened from the working
# directory; there is no main(), no guard and no with.
import os, socket, sys

def get_page():
    f = open('tiny_html.html', 'rb')
    try:
        return f.read()
    finally:
        f.close()

if len(sys.argv) > 1:
    port = int(sys.argv[1])
else:
    port = int(os.environ.get('PORT', 50000))

server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_IP)
server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server_socket.bind(('127.0.0.1', port))
server_socket.listen(1)

try:
    while 1:
        conn, addr = server_socket.accept()
        try:
            request = conn.recv(4096)
            if request:
                print('got %d bytes from %s:%d' % (len(request), addr[0], addr[1]))
                conn.sendall(get_page())
        except socket.error as e:
            print('lost %s: %s' % (addr[0], e))
        conn.close()
except KeyboardInterrupt:
    server_socket.close()
