# Tells which program runs; asked to, it puts another in the place of its own, with the folder around it.
place = os.path.dirname(os.path.abspath(__file__))
before = place + '-before'

if sys.argv[1:] == ['replace']:
    os.rename(place, before)
    os.mkdir(place)
    with open(__file__, 'w') as program:
        program.write('print("runs: another")')

print('runs: its own' + (', and was replaced' if os.path.isdir(before) else ''))
