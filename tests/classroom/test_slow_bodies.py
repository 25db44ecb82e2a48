"""A body that comes slowly, or never, keeps nobody else waiting."""

from __future__ import annotations

import io
import threading
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app


class Stalled(io.RawIOBase):
    """A body of which one byte came; the rest comes when it is let go."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.asked.set()
        assert self.go.wait(30)
        return 0


def test_a_stalled_body_stops_no_class(app: Flask) -> None:
    body = Stalled()
    environ = EnvironBuilder(path="/nl/class/seat", method="POST").get_environ()
    environ |= {
        "wsgi.input": body,
        "CONTENT_LENGTH": "5000",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
    stalled = threading.Thread(target=run_wsgi_app, args=(app, environ))
    stalled.start()
    try:
        assert body.asked.wait(10)
        assert app.test_client().get("/nl/class").status_code == 200  # 503 while it has the lock
    finally:
        body.go.set()
        stalled.join(10)
