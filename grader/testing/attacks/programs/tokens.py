# Looks for a word in the environment of every process that it may read.
word = sys.argv[1]
found = []
for name in os.listdir('/proc'):
    if name.isdigit():
        try:
            text = open('/proc/%s/environ' % name, errors='replace').read()
        except OSError:
            continue
        if word in text:
            found.append(name)
attempt('found', lambda: len(found))
attempt('own', lambda: ','.join(sorted(os.environ)))
