# Looks into a process that it is told of, and traces itself.
victim = sys.argv[1]
libc = ctypes.CDLL(None, use_errno=True)


def trace_me():
    if libc.ptrace(0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), 'ptrace')


attempt('environ', lambda: open('/proc/%s/environ' % victim).read(1) and None)
attempt('cmdline', lambda: open('/proc/%s/cmdline' % victim).read(1) and None)
attempt('processes', lambda: len([name for name in os.listdir('/proc') if name.isdigit()]))
attempt('trace', trace_me)
