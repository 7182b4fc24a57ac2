# Leaves a process behind that has a session of its own, no environment, and ignores signals.
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir('/')
        code = 'import time; time.sleep(15)'
        os.execve(sys.executable, [sys.executable, '-c', code, sys.argv[1]], {})
    os._exit(0)
attempt('left', lambda: None)
if len(sys.argv) > 2:
    time.sleep(10)
os._exit(0)
