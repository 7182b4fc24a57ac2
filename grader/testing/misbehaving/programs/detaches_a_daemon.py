# Serves as it should, and leaves a process in a session of its own that holds stdout open.
import os
import signal
import socket
import time

if os.fork() == 0:
    os.setsid()
    for name in ('SIGINT', 'SIGTERM', 'SIGHUP'):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    time.sleep(60)
    os._exit(0)

signal.alarm(60)
server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
while True:
    conn, _ = server.accept()
    if conn.recv(4096):
        conn.sendall(open('tiny_html.html', 'rb').read())
    conn.close()
