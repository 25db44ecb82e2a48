"""The entry of every class page: one request at a time, and refusals as a page that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from flask import abort, request
from werkzeug.wrappers import Response

from quiz.classroom.database import BUSY_SECONDS, DatabaseDown
from quiz.classroom.store import Refused
from quiz.web import metrics
from quiz.web.classroom import (
    board,
    handover,
    join,
    papers,
    plan,
    rehearsal,
    results,
    seat,
    start,
    state,
)
from quiz.web.classroom.shared import page
from quiz.web.security import from_elsewhere

WORKING: Final = Lock()
VIEWS: Final[dict[str, Callable[..., Response]]] = {
    view.__name__: view
    for view in (
        start.start,
        board.board,
        rehearsal.rehearsal,
        handover.key,
        handover.recover,
        join.join,
        seat.seat,
        state.state,
        papers.paper,
        papers.counted,
        plan.plan,
        results.summary,
        results.summary_csv,
    )
}


def respond(name: str, values: dict[str, str]) -> Response:
    """Run one view; a refusal, or a database that is down, gets a page that says so."""
    if request.method == "POST":
        if from_elsewhere(request):
            abort(403)
        request.form  # noqa: B018  # read whole before taking the lock: it may arrive slowly
    try:
        if name == "state":  # most of these are answered from memory
            return VIEWS[name](**values)
        with _one_at_a_time():
            return VIEWS[name](**values)
    except Refused as refused:
        return page("refused", status=409, reason=refused.reason)
    except DatabaseDown:
        metrics.event("database_down")
        sent = list(request.form.items(multi=True))  # so that one tap sends it again
        response = page("refused", status=503, reason="down", sent=sent)
        response.headers["Retry-After"] = "3"
        return response


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one request of this process at a time work on a class.

    All of them wait for one writer anyway, and because of the interpreter's lock four threads that
    compute at once do half the work of one.
    """
    if not WORKING.acquire(timeout=BUSY_SECONDS):
        raise DatabaseDown("Too many classes wait for the database.")
    try:
        yield
    finally:
        WORKING.release()
