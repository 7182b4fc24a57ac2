# Knocks at doors of the kernel that a server has no use for.
import fcntl
import platform

libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    'x86_64': dict(unshare=272, mount=165, add_key=248, keyctl=250, bpf=321, io_uring_setup=425,
                   perf_event_open=298, userfaultfd=323, setns=308, memfd_create=319, clone=56,
                   open_by_handle_at=304, pidfd_getfd=438),
    'aarch64': dict(unshare=97, mount=40, add_key=217, keyctl=219, bpf=280, io_uring_setup=425,
                    perf_event_open=241, userfaultfd=282, setns=268, memfd_create=279, clone=220,
                    open_by_handle_at=265, pidfd_getfd=438),
}[platform.machine()]


def call(name, *args):
    result = libc.syscall(NUMBERS[name], *args)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)


def in_child(act):
    # What a namespace changes is not for the attempts that follow.
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 0
        try:
            act()
        except OSError as error:
            code = error.errno
        os.write(writer, bytes([code]))
        os._exit(0)
    code = os.read(reader, 1)[0]
    os.waitpid(child, 0)
    if code:
        raise OSError(code, 'child')


def open_socket(family, kind, protocol=0):
    socket.socket(family, kind, protocol).close()


def write(path):
    with open(path, 'w') as file:
        file.write('x')


NEW_USER, NEW_NET = 0x10000000, 0x40000000
attempt('unshare-user', lambda: in_child(lambda: call('unshare', NEW_USER)))
attempt('unshare-net', lambda: in_child(lambda: call('unshare', NEW_USER | NEW_NET)))
attempt('mount', lambda: call('mount', b'x', b'/tmp', b'tmpfs', 0, None))
attempt('setns', lambda: call('setns', os.open('/proc/self/ns/net', os.O_RDONLY), 0))
attempt('add-key', lambda: call('add_key', b'user', b'attack', b'x', 1, -3))
attempt('io-uring', lambda: call('io_uring_setup', 1, ctypes.create_string_buffer(256)))
attempt('bpf', lambda: call('bpf', 0, ctypes.create_string_buffer(256), 128))
attempt('perf', lambda: call('perf_event_open', None, 0, -1, -1, 0))
attempt('userfaultfd', lambda: call('userfaultfd', 0))
attempt('handle', lambda: call('open_by_handle_at', -1, ctypes.create_string_buffer(64), 0))
attempt('vsock', lambda: open_socket(40, socket.SOCK_STREAM))
attempt('packet', lambda: open_socket(17, socket.SOCK_RAW))
attempt('netlink-other', lambda: open_socket(16, socket.SOCK_RAW, 15))
attempt('core-pattern', lambda: write('/proc/sys/kernel/core_pattern'))
attempt('type-ahead', lambda: fcntl.ioctl(os.openpty()[1], 0x5412, b'x'))
attempt('affinity', lambda: os.sched_setaffinity(0, os.sched_getaffinity(0)))
