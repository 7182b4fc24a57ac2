# echo_server: a shell script that hands its work to Python.
#
# Differs: it has no first line and need not be executable, and the program comes from a heredoc.
: "${PORT:=${1:-50000}}"
exec python3 - "$PORT" <<'PROGRAM'
import socket, sys, threading

def echo(client):
    with client:
        try:
            while data := client.recv(65536):
                client.sendall(data)
        except ConnectionError:
            pass

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        client, _ = server.accept()
        threading.Thread(target=echo, args=(client,), daemon=True).start()
PROGRAM
