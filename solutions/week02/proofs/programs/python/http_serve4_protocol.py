"""http_serve4 as an asyncio Protocol: bytes are handed in, and nothing is ever awaited.

Differs: the listing has the columns of `ls -l`. A directory without its final slash is a redirect.
"""
import asyncio
import os
import stat
import sys
import time
import urllib.parse

WEB = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "web"))


class Refused(Exception):
    """Something that is answered with another status than 200."""

    def __init__(self, status, **headers):
        super().__init__(status)
        self.status = status
        self.headers = headers


def make_response(status, body, **headers):
    lines = ["HTTP/1.1 " + status, "content-type: text/plain; charset=utf-8"]
    lines += ["%s: %s" % header for header in headers.items()]
    lines += ["content-length: %d" % len(body), "connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def ok_response(body):
    return make_response("200 OK", body if isinstance(body, bytes) else body.encode())


def client_error_response(error=Refused("400 Bad Request")):
    return make_response(error.status, error.status.encode() + b"\n", **error.headers)


def not_found_response():
    return client_error_response(Refused("404 Not Found"))


def parse_request(request):
    words = request.split("\n")[0].rstrip("\r").split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise Refused("400 Bad Request")
    if words[0] != "GET":
        raise Refused("405 Method Not Allowed", allow="GET")
    return words[1]


def describe(entry):
    """A line of `ls -l`, without owners."""
    info = entry.stat()
    when = time.strftime("%b %d %H:%M", time.localtime(info.st_mtime))
    return "%s %9d %s %s\n" % (stat.filemode(info.st_mode), info.st_size, when, entry.name)


def resolve_uri(uri):
    path = urllib.parse.unquote(urllib.parse.urlsplit(uri).path)
    target = os.path.realpath(WEB + "/" + path)
    if target != WEB and not target.startswith(WEB + "/") or not os.path.exists(target):
        raise Refused("404 Not Found")
    if os.path.isfile(target):
        raise Refused("501 Not Implemented")
    if not path.endswith("/"):
        raise Refused("301 Moved Permanently", location=urllib.parse.quote(path + "/"))
    entries = sorted(os.scandir(target), key=lambda entry: entry.name)
    return ok_response("total %d\n" % len(entries) + "".join(map(describe, entries)))


class Conversation(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.received = b""
        self.answered = False

    def data_received(self, data):
        self.received += data
        if b"\r\n\r\n" in self.received and not self.answered:
            self.answered = True
            self.transport.write(self.answer(self.received.decode("latin-1")))
            self.transport.write_eof()

    def answer(self, request):
        try:
            uri = parse_request(request)
            print(uri)
            return resolve_uri(uri)
        except Refused as error:
            return client_error_response(error)
        except (ValueError, OSError):
            return not_found_response()


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Conversation, None, int(os.environ.get("PORT", 50000)))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(130)
