"""Hundreds of clients that send or read slowly hold up nobody else."""

from __future__ import annotations

import selectors
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pytest

from tests.operations.conftest import Server, Start

SLOW = 300
TURNS = 150
SOON = 0.5
BODY = urlencode({"answer.leave-microsoft": "agree", "answer.ban-datacenters": "disagree"}).encode()
HEAD = b"POST /nl/result HTTP/1.1\r\nHost: quiz\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n"
KINDS = {"headers": b"GET /nl/quiz HTTP/1.1\r\nHost: quiz\r\nX-Slow: ", "bodies": HEAD}


@contextmanager
def drip(server: Server, begin: bytes) -> Iterator[list[socket.socket]]:
    """Open connections that begin a request and then send a byte each half second."""
    place = urlsplit(server.address)
    opened = []
    for _ in range(SLOW):
        one = socket.create_connection((place.hostname or "", place.port or 0), timeout=10)
        one.sendall(begin)
        opened.append(one)
    stop = threading.Event()

    def go_on() -> None:
        while not stop.wait(0.5):
            for one in opened:
                try:
                    one.sendall(b"a")
                except OSError:
                    continue

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield opened
    finally:
        stop.set()
        thread.join()
        for one in opened:
            one.close()


def still_open(opened: list[socket.socket]) -> int:
    """Return how many connections the server has neither answered nor closed."""
    with selectors.DefaultSelector() as selector:
        for one in opened:
            selector.register(one, selectors.EVENT_READ)
        return len(opened) - len(selector.select(timeout=0))


def journey(server: Server) -> list[float]:
    """Take the quiz again and again; return the seconds of each request."""
    found = []
    for _ in range(TURNS):
        for path, body in (("/nl/", None), ("/nl/quiz", None), ("/nl/result", BODY)):
            start = time.perf_counter()
            with urllib.request.urlopen(server.address + path, data=body, timeout=10) as answer:
                answer.read()
            found.append(time.perf_counter() - start)
    return sorted(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_slow_clients_hold_up_nobody(serve: Start, kind: str) -> None:
    server = serve("--workers", "2")
    with drip(server, KINDS[kind]) as opened:
        seconds = journey(server)
        assert still_open(opened) == SLOW  # they really were slow all the while
    assert seconds[int(0.99 * len(seconds))] <= SOON


@pytest.mark.slow
def test_they_would_hold_up_everybody_where_a_worker_waits_for_each() -> None:
    """Control: the same clients and a server that hands a connection to its worker at once."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    plain = HTTPServer(("127.0.0.1", 0), Handler)
    plain.request_queue_size = SLOW
    threading.Thread(target=plain.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{plain.server_port}"
    one = socket.create_connection(("127.0.0.1", plain.server_port))
    one.sendall(KINDS["headers"])
    try:
        with pytest.raises(TimeoutError):
            urllib.request.urlopen(address, timeout=2 * SOON)
    finally:
        one.close()
        plain.shutdown()
        plain.server_close()
