"""Results are worked out one after another in a worker.

Such a page is all arithmetic and joining. Many threads at it at once take the interpreter from each
other in every call of numpy, and one core gets through fewer pages. Nothing else waits for a turn:
neither pages that are kept, nor classes, which wait for a database.
"""

from __future__ import annotations

from threading import Lock

from flask import Flask, g, request


def take_turns(app: Flask, endpoint: str) -> None:
    """Let requests to this endpoint run one after another, from where their body has come."""
    turn = Lock()

    @app.before_request
    def wait() -> None:
        if request.endpoint == endpoint:
            request.get_data()  # who sends slowly keeps nobody waiting
            turn.acquire()
            g.turn = turn

    @app.teardown_request
    def leave(error: BaseException | None) -> None:
        taken = g.pop("turn", None)
        if taken:
            taken.release()
