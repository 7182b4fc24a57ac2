# Keeps several processes busy, on whichever core it may have.
attempt('any-core', lambda: os.sched_setaffinity(0, range(os.cpu_count())))
attempt('cores', lambda: ','.join(str(core) for core in sorted(os.sched_getaffinity(0))))
for _ in range(6):
    if os.fork() == 0:
        until = time.time() + float(sys.argv[1])
        while time.time() < until:
            pass
        os._exit(0)
while True:
    try:
        os.wait()
    except OSError:
        break
