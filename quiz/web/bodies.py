"""Reads request bodies whole before the app runs, so that no lock is held while one arrives."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class WholeBodies:
    """WSGI middleware that gives the app a body already in memory.

    A body longer than the app accepts is left unread, for the app to refuse. The app also refuses
    one that broke off, since it is shorter than its header says.
    """

    def __init__(self, app: WSGIApplication, largest: int) -> None:
        self._app, self._largest = app, largest

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Call the app once the body has arrived."""
        header = environ.get("CONTENT_LENGTH") or ""
        length = int(header) if header.isascii() and header.isdigit() and len(header) < 10 else None
        if header and (length is None or length > self._largest):
            return self._app(environ, start_response)
        if length is None and not environ.get("wsgi.input_terminated"):
            return self._app(environ, start_response)  # so, in HTTP, it has no body
        body = _read(environ, self._largest + 1 if length is None else length)
        environ["wsgi.input"] = BytesIO(body)
        return self._app(environ, start_response)


def _read(environ: WSGIEnvironment, most: int) -> bytes:
    parts = []
    while most and (part := environ["wsgi.input"].read(most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
