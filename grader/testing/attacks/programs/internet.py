# Asks for the way to an address outside; connecting a datagram socket sends nothing.
def way():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect((sys.argv[1], 9))


attempt('way', way)
attempt('interfaces', lambda: ','.join(name for _, name in socket.if_nameindex()))
