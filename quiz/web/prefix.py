"""Serving the site below a path of its host, such as ``/stemhulp`` on ``krant.example``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
LONGEST: Final = 100


def is_prefix(text: str) -> bool:
    """Whether this may precede every path: ``//elsewhere`` and ``/../`` may not.

    >>> is_prefix("/stemhulp"), is_prefix("/a/b.c"), is_prefix("")
    (True, True, True)
    >>> is_prefix("//evil.example"), is_prefix("/a/"), is_prefix("/.."), is_prefix("a")
    (False, False, False, False)

    """
    return len(text) <= LONGEST and PREFIX.fullmatch(text) is not None


class BelowPath:
    """WSGI middleware that removes a prefix from each request's path and adds it to the app's own
    addresses.

    ``path`` is the setting, for a proxy that passes on whole paths. A proxy that strips the prefix
    itself says so in ``X-Forwarded-Prefix``, which arrives here as ``SCRIPT_NAME``.
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
