"""http_serve1 as a daemon.

Differs: the program that is started ends at once, and its grandchild serves, in a session of its
own, in the folder /, and with nothing to print to. It listens before it goes into the background,
so that nobody comes too early.
"""
import os
import socket
import sys


def go_into_background() -> None:
    """Fork, leave the session, fork again: what every daemon did before there was systemd."""
    sys.stdout.flush()
    if os.fork():
        os._exit(0)
    os.setsid()
    if os.fork():
        os._exit(0)
    os.chdir("/")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)


def serve(listener: socket.socket, page: bytes) -> None:
    while True:
        client, _ = listener.accept()
        with client:
            client.settimeout(2)
            try:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = client.recv(1000)
                    if not piece:
                        break
                    head += piece
                else:
                    client.sendall(page)
            except OSError:
                continue


if __name__ == "__main__":
    here = os.path.dirname(os.path.realpath(__file__))
    with open(os.path.join(here, os.pardir, "tiny_html.html"), "rb") as file:
        page = file.read()
    with socket.create_server(("127.0.0.1", int(os.environ["PORT"]))) as listener:
        go_into_background()
        serve(listener, page)
