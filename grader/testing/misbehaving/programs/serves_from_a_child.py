# Becomes a daemon by the book: two forks, and neither of the first two processes stays.
import os
import signal
import socket

if os.fork() > 0:
    os._exit(0)
os.setsid()
if os.fork() > 0:
    os._exit(0)

signal.alarm(60)
server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
while True:
    conn, _ = server.accept()
    if conn.recv(4096):
        conn.sendall(open('tiny_html.html', 'rb').read())
    conn.close()
