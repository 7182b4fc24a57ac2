# Reads the files that it is told of.
for number, path in enumerate(sys.argv[1:]):
    attempt('file-%d' % number, lambda: open(path).read(1) and None)
