"""The preview while the content has errors: a page that lists them."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from markupsafe import Markup, escape

from quiz.content import ContentError, Problem, load
from quiz.translations.commands import spoken, tr
from quiz.web.i18n import direction

EVERY: Final = 0.5
REFRESH: Final = 2
PAGE: Final = Markup("""<!doctype html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><meta http-equiv="refresh" content="{refresh}">
<meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{lead}</p><ol>{items}</ol></main></body></html>
""")
ITEM: Final = Markup(
    '<li><p><strong dir="ltr">{place}</strong>: {message} {hint}</p>'
    '<pre dir="auto"><code>{source}</code></pre></li>'
)
HEADERS: Final = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'"),
]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        """Log no request: the terminal is for what is wrong."""


def serve_until_mended(content: Path, host: str, port: int) -> None:
    """Answer every request with the problems of the content; return once it passes the check."""

    shown = b""

    def app(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("503 Service Unavailable", HEADERS)
        return [shown]

    with make_server(host, port, app, _Server, _Quiet) as server:
        shown = page(_problems(content)).encode()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            while problems := _problems(content):
                shown = page(problems).encode()  # here, where the language is known
                thread.join(EVERY)
        finally:
            server.shutdown()


def page(problems: Iterable[Problem]) -> str:
    """Return a page that names every problem with its place, its line and its remedy."""
    items = Markup("").join(
        ITEM.format(
            place=problem.place,
            message=problem.message,
            hint=problem.hint,
            source=problem.source.strip()[:200],
        )
        for problem in problems
    )
    return PAGE.format(
        lang=spoken(),
        dir=direction(spoken()),
        refresh=REFRESH,
        title=tr("The content has errors"),
        lead=tr("The quiz is shown here as soon as they are mended. This page renews itself."),
        items=escape(items),
    )


def _problems(content: Path) -> tuple[Problem, ...]:
    try:
        load(content, drafts=True)
    except ContentError as error:
        return error.problems
    return ()
