# Prints one line of so many MiB.
for _ in range(int(sys.argv[1]) * 16):
    os.write(1, b'x' * 65536)
os.write(1, b'\nend: done\n')
