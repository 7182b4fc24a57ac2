import os
import signal
import socket

signal.alarm(60)
server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
conn, _ = server.accept()
# Closed before it answers, so that the next client is always refused, and never reset.
server.close()
conn.recv(4096)
conn.sendall(open('tiny_html.html', 'rb').read())
conn.close()
