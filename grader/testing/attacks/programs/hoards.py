# Takes memory: so many MiB reserved, held by so many processes at once, or without a process.
import mmap

way, amount = sys.argv[1], int(sys.argv[2])
MIB = 1 << 20
libc = ctypes.CDLL(None, use_errno=True)


def asked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), 'refused')
    return result


def reserve():
    mmap.mmap(-1, amount * MIB, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


def hold_shared():
    held = mmap.mmap(-1, amount * MIB)
    for start in range(0, len(held), MIB):
        held[start:start + MIB] = b'x' * MIB
    time.sleep(1)


def hold_by_many():
    for _ in range(6):
        if os.fork() == 0:
            held = bytearray(os.urandom(1024)) * (amount * 1024 // 6)
            time.sleep(4)
            os._exit(len(held) and 0)
    time.sleep(3)


def memfd():
    os.close(asked(libc.memfd_create(b'x', 0)))


def sysv():
    part = asked(libc.shmget(0, 4096, 0o1600))
    asked(libc.shmctl(part, 0, None))


def shared():
    name = '/dev/shm/attack-%d' % os.getpid()
    try:
        for number in range(amount):
            with open('%s-%d' % (name, number // 4), 'ab') as file:
                file.write(b'x' * MIB)
    finally:
        for number in range(amount):
            if os.path.exists('%s-%d' % (name, number)):
                os.unlink('%s-%d' % (name, number))


ways = {'reserve': reserve, 'many': hold_by_many, 'shared-map': hold_shared, 'memfd': memfd,
        'sysv': sysv, 'shared': shared}
attempt(way, ways[way])
