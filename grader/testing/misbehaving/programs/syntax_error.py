import os
import socket


def serve(conn)
    conn.recv(4096)
    conn.sendall(open('tiny_html.html', 'rb').read())
    conn.close()


server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
while True:
    serve(server.accept()[0])
