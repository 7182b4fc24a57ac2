# Waits at every kind of door, tells which, and answers whoever comes.
import select

word, folder = sys.argv[1], sys.argv[2]
tcp = socket.create_server(('127.0.0.1', 0))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(('127.0.0.1', 0))
path = socket.socket(socket.AF_UNIX)
path.bind('%s/%s.socket' % (folder, word))
path.listen()
abstract = socket.socket(socket.AF_UNIX)
abstract.bind('\0' + word)
abstract.listen()
with open('%s/%s.txt' % (folder, word), 'w') as file:
    file.write(word)
print('%d %d' % (tcp.getsockname()[1], udp.getsockname()[1]), flush=True)
doors = [tcp, udp, path, abstract]
until = time.time() + 15
while time.time() < until:
    for door in select.select(doors, [], [], 0.2)[0]:
        if door is udp:
            data, sender = udp.recvfrom(100)
            udp.sendto(b'hello', sender)
        else:
            client = door.accept()[0]
            client.sendall(b'hello')
            client.close()
