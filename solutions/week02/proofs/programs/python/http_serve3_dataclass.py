"""http_serve3 with all that modern Python has: dataclasses, an enum, match, type hints.

Differs: a request and a response are objects. The log is of a logger, and a thread writes it.
"""
from __future__ import annotations

import argparse
import logging
import logging.handlers
import os
import queue
import re
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from typing import ClassVar, Final, NoReturn

PAGE: Final = Path(__file__).resolve().parents[1] / "tiny_html.html"
log: Final = logging.getLogger("http_serve3")


class Status(Enum):
    OK = (200, "OK")
    BAD_REQUEST = (400, "Bad Request")
    METHOD_NOT_ALLOWED = (405, "Method Not Allowed")

    def __str__(self) -> str:
        return "{} {}".format(*self.value)


class HttpError(Exception):
    def __init__(self, status: Status) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"(\S+) (\S+) HTTP/1\.\d")
    method: str
    uri: str

    @classmethod
    def parse(cls, text: str) -> Request:
        first_line, *_ = text.splitlines() or [""]
        if not (parts := cls.SHAPE.fullmatch(first_line)):
            raise HttpError(Status.BAD_REQUEST)
        match parts.groups():
            case ("GET" as method, uri):
                return cls(method, uri)
            case _:
                raise HttpError(Status.METHOD_NOT_ALLOWED)


@dataclass(slots=True)
class Response:
    status: Status
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def __bytes__(self) -> bytes:
        headers = {
            "Date": f"{datetime.now(timezone.utc):%a, %d %b %Y %H:%M:%S} GMT",
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": len(self.body),
            "Connection": "close",
            **self.headers,
        }
        lines = [f"HTTP/1.1 {self.status}", *(f"{name}: {value}" for name, value in headers.items())]
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii") + self.body


def ok_response(body: bytes | str) -> bytes:
    return bytes(Response(Status.OK, body.encode() if isinstance(body, str) else body))


def parse_request(request: str) -> str:
    return Request.parse(request).uri


def client_error_response(status: Status = Status.BAD_REQUEST) -> bytes:
    response = Response(status, f"<!DOCTYPE html><title>{status}</title>\n".encode())
    if status is Status.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = "GET"
    return bytes(response)


def read_head(client: socket.socket) -> str:
    received = bytearray()
    while b"\r\n\r\n" not in received and len(received) < 8192 and (piece := client.recv(512)):
        received.extend(piece)
    return received.decode("latin-1")


def answer(client: socket.socket) -> None:
    with client, suppress(OSError):
        client.settimeout(10.0)
        if not (head := read_head(client)):
            return
        try:
            uri = parse_request(head)
            log.info("%s asks for %s", client.getpeername()[0], uri)
            client.sendall(ok_response(PAGE.read_bytes()))
        except HttpError as error:
            client.sendall(client_error_response(error.status))
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):  # a body that nobody asked for
            pass


def log_in_background() -> logging.handlers.QueueListener:
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    log.addHandler(logging.handlers.QueueHandler(records))
    log.setLevel(logging.INFO)
    return logging.handlers.QueueListener(records, logging.StreamHandler(sys.stdout))


def main(port: int) -> NoReturn:
    log_in_background().start()
    with socket.create_server(("localhost", port)) as server:
        while True:
            client, _ = server.accept()
            threading.Thread(target=answer, args=[client], daemon=True).start()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("port", nargs="?", type=int, default=os.environ.get("PORT", 50000))
    with suppress(KeyboardInterrupt):
        main(arguments.parse_args().port)
