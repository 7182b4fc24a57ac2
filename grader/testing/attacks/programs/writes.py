# Writes its own program, what a grader may have as results, and the system.
def write(path):
    with open(path, 'a') as file:
        file.write('# written')


attempt('own-program', lambda: write(sys.argv[0]))
attempt('results', lambda: write(sys.argv[1]))
for name, path in [('usr', '/usr/x'), ('root', '/x'), ('etc', '/etc/passwd'), ('dev', '/dev/x')]:
    attempt(name, lambda: write(path))
attempt('beside', lambda: write('beside.txt'))
