"""Hundreds of clients that send or read slowly hold up nobody else."""

from __future__ import annotations

import selectors
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.operations.conftest import Server, Start

SLOW = 300
TURNS = 150
BODY = urlencode({"answer.leave-microsoft": "agree", "answer.ban-datacenters": "disagree"}).encode()
HEAD = b"POST /nl/result HTTP/1.1\r\nHost: quiz\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n"
KINDS = {"headers": b"GET /nl/quiz HTTP/1.1\r\nHost: quiz\r\nX-Slow: ", "bodies": HEAD}


@contextmanager
def drip(server: Server, begin: bytes) -> Iterator[list[socket.socket]]:
    """Open connections that begin a request and then send a byte each half second."""
    place = urlsplit(server.address)
    opened = []
    for _ in range(SLOW):
        connection = socket.create_connection((place.hostname or "", place.port or 0), timeout=10)
        connection.sendall(begin)
        opened.append(connection)
    stop = threading.Event()

    def go_on() -> None:
        while not stop.wait(0.5):
            for connection in opened:
                try:
                    connection.sendall(b"a")
                except OSError:
                    continue

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield opened
    finally:
        stop.set()
        thread.join()
        for connection in opened:
            connection.close()


def still_open(opened: list[socket.socket]) -> int:
    """Return how many connections the server has neither answered nor closed."""
    with selectors.DefaultSelector() as selector:
        for connection in opened:
            selector.register(connection, selectors.EVENT_READ)
        return len(opened) - len(selector.select(timeout=0))


def journey(server: Server) -> None:
    """Take the quiz again and again. A request that waited for a slow client would never end."""
    for _ in range(TURNS):
        for path, body in (("/nl/", None), ("/nl/quiz", None), ("/nl/result", BODY)):
            with urllib.request.urlopen(server.address + path, data=body, timeout=10) as response:
                response.read()


def open_a_class(server: Server) -> None:
    educator = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    form = urlencode({"way": "own", "length": "all"}).encode()
    with educator.open(f"{server.address}/nl/class", form, timeout=5) as board:
        assert "board-code" in board.read().decode()


CLASS_HEAD = HEAD.replace(b"/nl/result", b"/nl/class/seat")


@pytest.mark.slow
def test_six_hundred_slow_bodies_and_a_thousand_idle_connections_hold_up_nobody(
    serve: Start,
) -> None:
    """Without nginx in front; half of the bodies are for class mode, which has one lock."""
    server = serve("--workers", "2")
    with ExitStack() as stack:
        bodies = [
            connection
            for head in (HEAD, CLASS_HEAD)
            for connection in stack.enter_context(drip(server, head))
        ]
        place = urlsplit(server.address)
        for _ in range(1100):
            stack.enter_context(
                socket.create_connection((place.hostname or "", place.port or 0), timeout=10)
            )
        journey(server)
        open_a_class(server)
        assert still_open(bodies) == 2 * SLOW  # they really were slow all the while


def test_a_stalled_body_does_not_stop_class_mode(serve: Start) -> None:
    server = serve("--workers", "1")
    place = urlsplit(server.address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as stalled:
        stalled.sendall(CLASS_HEAD + b"a")
        for _ in range(5):
            open_a_class(server)
        assert still_open([stalled]) == 1  # the control: it has not been answered


def test_half_a_form_is_not_taken_for_a_whole_one(content_folder: Path) -> None:
    app = create_app(Settings(content=content_folder))
    form = b"answer.leave-microsoft=agree&answer.ban-datacenters=skip"
    sent = {"CONTENT_LENGTH": str(len(form)), "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    client = app.test_client()
    broken = client.post("/nl/result", input_stream=BytesIO(form[:30]), environ_overrides=sent)
    assert broken.status_code == 400
    whole = client.post("/nl/result", input_stream=BytesIO(form), environ_overrides=sent)
    assert whole.status_code == 200  # the control


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_slow_clients_hold_up_nobody(serve: Start, kind: str) -> None:
    server = serve("--workers", "2")
    with drip(server, KINDS[kind]) as opened:
        journey(server)
        assert still_open(opened) == SLOW  # they really were slow all the while


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
    connection = socket.create_connection(("127.0.0.1", plain.server_port))
    connection.sendall(KINDS["headers"])
    try:
        with pytest.raises(TimeoutError):
            urllib.request.urlopen(address, timeout=1)
    finally:
        connection.close()
        plain.shutdown()
        plain.server_close()
