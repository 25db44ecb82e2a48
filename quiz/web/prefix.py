"""The path below which the site lies on its host, such as ``/stemhulp`` of ``krant.example``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
LONGEST: Final = 100


def is_prefix(text: str) -> bool:
    """Whether this can stand before every path: ``//elsewhere`` and ``/../`` cannot.

    >>> is_prefix("/stemhulp"), is_prefix("/a/b.c"), is_prefix("")
    (True, True, True)
    >>> is_prefix("//evil.example"), is_prefix("/a/"), is_prefix("/.."), is_prefix("a")
    (False, False, False, False)
    """
    return len(text) <= LONGEST and PREFIX.fullmatch(text) is not None


class BelowPath:
    """A WSGI app that takes a path off each request and puts it before each address of its own.

    ``path`` is the setting's: the server in front passes whole paths on. Where that server takes the
    path off itself it says so in ``X-Forwarded-Prefix``, which comes here as ``SCRIPT_NAME``.
    """

    def __init__(self, app: WSGIApplication, path: str) -> None:
        self._app, self._path = app, path

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        if self._path and path.startswith(f"{self._path}/"):
            environ["PATH_INFO"] = path.removeprefix(self._path)
        forwarded = environ.get("SCRIPT_NAME", "").rstrip("/")
        environ["SCRIPT_NAME"] = (is_prefix(forwarded) and forwarded) or self._path
        return self._app(environ, start_response)
