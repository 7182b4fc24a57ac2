# Knocks at every door that `listens.py` may have opened.
word, folder, tcp, udp = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def knock(family, address):
    with socket.socket(family) as client:
        client.settimeout(2)
        client.connect(address)
        return client.recv(10).decode()


def send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        client.connect(('127.0.0.1', udp))
        client.send(b'x')
        return client.recv(10).decode()


attempt('tcp', lambda: knock(socket.AF_INET, ('127.0.0.1', tcp)))
attempt('udp', send)
attempt('path', lambda: knock(socket.AF_UNIX, '%s/%s.socket' % (folder, word)))
attempt('abstract', lambda: knock(socket.AF_UNIX, '\0' + word))
attempt('file', lambda: open('%s/%s.txt' % (folder, word)).read() and None)
