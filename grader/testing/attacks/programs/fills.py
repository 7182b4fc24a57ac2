# Writes files into a folder: so many, of so many MiB each. Removes them when it could.
folder, count, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
place = os.path.join(folder, 'filled')


def fill():
    os.mkdir(place)
    for number in range(count):
        with open('%s/%d' % (place, number), 'wb') as file:
            for _ in range(size):
                file.write(b'x' * (1 << 20))


signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
attempt('fill', fill)
if len(sys.argv) > 4:
    time.sleep(2)
import shutil

shutil.rmtree(place)
