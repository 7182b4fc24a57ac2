"""http_serve5 with multiprocessing: six workers accept from one listening socket.

Differs: the program that is started serves nobody. It watches the workers, and replaces one that
dies. A client has five seconds to ask, so that silent ones cannot occupy all six for long.
"""
import mimetypes
import multiprocessing
import os
import pathlib
import signal
import socket
import sys
import urllib.parse

WEB = (pathlib.Path(__file__).parent / '../web').resolve()
CRLF = '\r\n'


def response(status, media_type, body):
    head = [f'HTTP/1.1 {status}', f'Content-Type: {media_type}', f'Content-Length: {len(body)}']
    return (CRLF.join(head) + CRLF * 2).encode() + body


def ok_response(body, media_type='text/html'):
    return response('200 OK', media_type, body)


def not_found_response():
    return response('404 Not Found', 'text/plain', b'There is nothing of that name.\n')


def client_error_response():
    return response('400 Bad Request', 'text/plain', b'This server knows GET, and HTTP/1.x.\n')


def parse_request(request):
    method, uri, version = request.split(CRLF)[0].split(' ')
    if method != 'GET' or not version.startswith('HTTP/1.'):
        raise ValueError(method)
    return uri


def resolve_uri(uri):
    path = urllib.parse.unquote(uri.split('?')[0]).lstrip('/')
    target = (WEB / path).resolve(strict=True)
    target.relative_to(WEB)  # a ValueError if it lies elsewhere
    if target.is_dir():
        return ok_response('\n'.join(os.listdir(target)).encode(), 'text/plain')
    media_type, _ = mimetypes.guess_type(target.name)
    return ok_response(target.read_bytes(), media_type or 'application/octet-stream')


def answer(request):
    try:
        uri = parse_request(request)
    except ValueError:
        return client_error_response()
    print(multiprocessing.current_process().name, uri, flush=True)
    try:
        return resolve_uri(uri)
    except (OSError, ValueError):
        return not_found_response()


def serve_one(client):
    client.settimeout(5)
    request = ''
    while CRLF * 2 not in request:
        piece = client.recv(2048)
        if not piece:
            return
        request += piece.decode('latin-1')
    client.sendall(answer(request))
    client.shutdown(socket.SHUT_WR)
    while client.recv(2048):
        pass


def work(listener):
    while True:
        client, _ = listener.accept()
        with client:
            try:
                serve_one(client)
            except OSError as problem:
                print(problem, file=sys.stderr)


def stop(*_):
    sys.exit()  # which takes the workers along: they are daemons


def main():
    context = multiprocessing.get_context('fork')
    with socket.create_server(('127.0.0.1', int(sys.argv[1])), backlog=100) as listener:
        workers = [context.Process(target=work, args=(listener,), daemon=True) for _ in range(6)]
        for worker in workers:
            worker.start()
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while True:
            ended = multiprocessing.connection.wait([worker.sentinel for worker in workers])
            workers = [worker for worker in workers if worker.sentinel not in ended]
            for _ in ended:
                workers.append(context.Process(target=work, args=(listener,), daemon=True))
                workers[-1].start()


if __name__ == '__main__':
    import multiprocessing.connection

    main()
