# Starts processes, or threads, until it may not, eighty at most; they go by themselves.
import threading

children = []


def fork():
    while len(children) < 80:
        child = os.fork()
        if child == 0:
            time.sleep(float(sys.argv[2]))
            os._exit(0)
        children.append(child)


def thread():
    threads = []
    while len(threads) < 80:
        try:
            each = threading.Thread(target=time.sleep, args=(float(sys.argv[2]),), daemon=True)
            each.start()
        except RuntimeError:
            raise OSError(errno.EAGAIN, 'thread')
        threads.append(each)


attempt('all', fork if sys.argv[1] == 'processes' else thread)
time.sleep(float(sys.argv[2]))
os._exit(0)
