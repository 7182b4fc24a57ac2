# Starts processes, or threads, until it may not, eighty at most. All of them stay until it goes itself,
# and it stays as long as it is told to, in seconds.
import threading

children = []
ours, theirs = os.pipe()


def fork():
    while len(children) < 80:
        child = os.fork()
        if child == 0:
            os.close(theirs)
            os.read(ours, 1)
            os._exit(0)
        children.append(child)


def thread():
    threads = []
    while len(threads) < 80:
        try:
            each = threading.Thread(target=os.read, args=(ours, 1), daemon=True)
            each.start()
        except RuntimeError:
            raise OSError(errno.EAGAIN, 'thread')
        threads.append(each)


attempt('all', fork if sys.argv[1] == 'processes' else thread)
time.sleep(float(sys.argv[2]))
os._exit(0)
