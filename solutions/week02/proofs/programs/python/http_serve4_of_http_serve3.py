"""http_serve4: built on the http_serve3 in the folder beside it, which itself is built on http_serve2.

Differs: only what is new is in here. The listing is a Python list as print shows it.
"""
import os
import sys
from urllib.parse import unquote, urlparse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'http_serve3'))
sys.dont_write_bytecode = True

from http_serve3 import error_response, ok_response, parse_request, serve  # noqa: E402

WEB = os.path.join(HERE, '..', 'web')


class FileMissing(LookupError):
    pass


def resolve_uri(uri):
    path = os.path.normpath(unquote(urlparse(uri).path)).lstrip('/')
    target = os.path.join(WEB, path)
    if not os.path.exists(target):
        raise FileMissing(uri)
    if not os.path.isdir(target):
        raise NotImplementedError('files are for the next stage')
    return ok_response(str(os.listdir(target)), 'text/plain')


def not_found_response():
    return error_response(404, 'Not Found')


def answer(uri):
    try:
        return resolve_uri(uri)
    except FileMissing:
        return not_found_response()
    except NotImplementedError:
        return error_response(501, 'Not Implemented')


if __name__ == '__main__':
    serve(answer)
