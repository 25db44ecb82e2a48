"""Health checks: whether the server is up, which content it serves, and whether classes work.

Anyone may ask, so it says that a reload failed but not why, and tries the database only once in a
few seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from flask import Blueprint, current_app, jsonify
from werkzeug.wrappers import Response

from quiz.web.reload import Live

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATHS: Final = ("/healthz", "/readyz")
EVERY: Final = 2.0

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Report that the server is up, what it serves, and whether newer files were refused."""
    live: Live = current_app.extensions["live"]
    return _fresh(
        jsonify(
            status="up",
            content_hash=live.current.catalogue.content_hash,
            database=_database(),
            reload={
                "ok": not live.last.problems,
                "at": live.last.at.isoformat(timespec="seconds"),
            },
        )
    )


@blueprint.get("/readyz")
def readyz() -> Response:
    """Report that this process can serve voters, for which no database is asked.

    Voters' own pages ask this too, while they wait for a connection.
    """
    live: Live = current_app.extensions["live"]
    return _fresh(jsonify(ready=bool(live.current.catalogue.statements)))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> str:
    tried: Tried = current_app.extensions.setdefault("database_tried", Tried())
    return tried.state()


class Tried:
    """The outcome of the last test write to the database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state, self._until = "", 0.0

    def state(self) -> str:
        """Return ``up``, ``down``, or ``newer than this release``."""
        with self._lock:
            if monotonic() > self._until:
                self._state, self._until = self._try(), monotonic() + EVERY
            return self._state

    def _try(self) -> str:
        from quiz.classroom.database import DatabaseDown, DatabaseNewer  # noqa: PLC0415
        from quiz.web.classroom.shared import database  # noqa: PLC0415  # loads SQLAlchemy

        try:
            database().try_to_write()
        except DatabaseNewer:
            return "newer than this release"
        except DatabaseDown:
            return "down"
        return "up"


class AnyHost:
    """WSGI middleware that answers health checks under any host name: monitors ask by IP
    address.
    """

    def __init__(self, app: WSGIApplication, trusted: Sequence[str]) -> None:
        self._app, self._trusted = app, trusted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if self._trusted and environ["PATH_INFO"] in PATHS:
            environ["HTTP_HOST"] = self._trusted[0].lstrip(".")
        return self._app(environ, start_response)
