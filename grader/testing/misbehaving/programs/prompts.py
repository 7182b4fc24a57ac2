import os
import signal
import socket

signal.alarm(60)
answer = input('Which port shall I listen on? ')
server = socket.create_server(('127.0.0.1', int(answer or os.environ['PORT'])))
while True:
    conn, _ = server.accept()
    conn.recv(4096)
    conn.sendall(open('tiny_html.html', 'rb').read())
    conn.close()
