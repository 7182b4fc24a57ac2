# Calls functions of a student's Python program in a process of their own. See call.mjs for how the
# calls come in and the answers go out. Runs under Python 2.7 and every Python 3.
import base64
import json
import os
import socket
import sys
import traceback
import types

request = json.loads(os.environ.pop('WIREGRADE_CALL'))
program = request['program']


class Listens(BaseException):
    """Raised where the program would begin to serve: all its functions are defined by then."""

    raised = False


def stop_here(*ignored, **ignored_too):
    Listens.raised = True
    raise Listens()


def load():
    # A program without the guard `if __name__ == '__main__'` starts its server when it is imported.
    socket.socket.listen = stop_here
    socket.socket.bind = stop_here
    # A module of its own: dataclasses, for one, look their module up by its name.
    module = types.ModuleType('program')
    module.__file__ = program
    sys.modules['program'] = module
    names = module.__dict__
    sys.argv[0] = program
    sys.path.insert(0, os.path.dirname(program))
    with open(program, 'rb') as file:
        source = file.read()
    try:
        exec(compile(source, program, 'exec'), names)
    except (Listens, SystemExit):
        # A program may catch everything that bind can raise, and end.
        if not Listens.raised:
            raise
    return names


def decode(value):
    if value['type'] == 'bytes':
        return base64.b64decode(value['value'])
    return value['value']


def encode(value):
    if isinstance(value, (bytearray, memoryview)):
        value = bytes(value)
    if isinstance(value, bytes):
        return {'type': 'bytes', 'value': base64.b64encode(value).decode('ascii')}
    if isinstance(value, type(u'')):
        return {'type': 'text', 'value': value}
    return {'type': 'other', 'value': repr(value)}


def own_frames():
    # A traceback begins here, above the student's own functions.
    kind, error, frames = sys.exc_info()
    while frames and frames.tb_frame.f_code.co_filename == describe.__code__.co_filename:
        frames = frames.tb_next
    return ''.join(traceback.format_exception(kind, error, frames))


def describe(kind, error):
    return {
        'kind': kind,
        'error': type(error).__name__,
        'message': str(error),
        'stack': own_frames(),
    }


def call(function, args):
    try:
        value = function(*[decode(arg) for arg in args])
        if hasattr(value, '__await__'):
            import asyncio

            value = asyncio.new_event_loop().run_until_complete(value)
        return {'kind': 'returned', 'value': encode(value)}
    except (Exception, SystemExit) as error:
        return describe('threw', error)


def main():
    try:
        names = load()
    except (Exception, SystemExit) as error:
        return [[describe('import-threw', error)]]
    answers = []
    for group in request['groups']:
        function = find(group['name'], names)
        own = []
        answers.append(own)
        tell(answers, False)
        if not callable(function):
            exports = [key for key, value in names.items() if callable(value) and key[0] != '_']
            own.append({'kind': 'missing', 'exports': sorted(exports)})
            continue
        for args in group['calls']:
            own.append(call(function, args))
            tell(answers, False)
    return answers


def find(name, names):
    snake = ''.join('_' + c.lower() if c.isupper() else c for c in name)
    return names.get(snake) or names.get(name)


def tell(answers, done):
    word = request['word']
    told = json.dumps({'answers': answers, 'done': done})
    os.write(1, ('\n' + word + told + word + '\n').encode('ascii'))


answers = main()
sys.stdout.flush()
tell(answers, True)
os._exit(0)
