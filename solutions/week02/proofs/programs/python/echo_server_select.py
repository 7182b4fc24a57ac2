"""echo_server with select(): one thread, one loop, and a buffer for each client.

Differs: nothing ever blocks. What a client does not take yet waits in its buffer.
"""
import os
import select
import socket
import sys

port = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PORT", 50000))

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", port))
listener.listen(10)
listener.setblocking(False)
print("echo server on port", port)

waiting = {}  # what has come from each client, and has not gone back yet


def hang_up(client):
    del waiting[client]
    client.close()


while True:
    to_write = [client for client in waiting if waiting[client]]
    try:
        readable, writable, _ = select.select([listener] + list(waiting), to_write, [])
    except KeyboardInterrupt:
        break
    for sock in readable:
        if sock is listener:
            client, _ = listener.accept()
            client.setblocking(False)
            waiting[client] = bytearray()
            continue
        try:
            data = sock.recv(512)
        except BlockingIOError:
            continue
        except OSError:
            data = b""
        if data:
            waiting[sock] += data
        elif not waiting[sock]:
            hang_up(sock)
    for sock in writable:
        if sock not in waiting:
            continue
        try:
            sent = sock.send(waiting[sock])
            del waiting[sock][:sent]
        except BlockingIOError:
            pass
        except OSError:
            hang_up(sock)
