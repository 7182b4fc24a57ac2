# Reads from every descriptor above stderr.
def read_all():
    found = []
    for fd in range(3, 512):
        try:
            found.append(os.pread(fd, 100, 0).decode())
        except OSError:
            pass
    return found


attempt('read', lambda: '|'.join(read_all()))
