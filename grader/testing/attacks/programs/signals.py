# Signals a process that it is told of, the first process, and everything it can.
victim = int(sys.argv[1])
attempt('victim', lambda: os.kill(victim, signal.SIGKILL))
if len(sys.argv) > 2:
    attempt('first', lambda: os.kill(1, signal.SIGKILL))
    attempt('still-here', lambda: None)
    # Only where the numbers are a cell's own: elsewhere this would be no test any more.
    if os.getpid() < 20:
        os.kill(-1, signal.SIGKILL)
