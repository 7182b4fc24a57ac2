# Stands above each attack: `attempt` tries one thing, and says what came of it.
import ctypes
import errno
import os
import signal
import socket
import sys
import time


def attempt(name, act):
    try:
        value = act()
        print('%s: done%s' % (name, '' if value is None else ' %s' % (value,)), flush=True)
    except OSError as error:
        print('%s: %s' % (name, errno.errorcode.get(error.errno, error)), flush=True)
    except MemoryError:
        print('%s: MemoryError' % name, flush=True)


# Whatever else goes wrong, none outlives this.
signal.alarm(20)
