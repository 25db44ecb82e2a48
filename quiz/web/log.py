"""The log: one JSON object per line for each request and error, and nothing about a person.

A line names the endpoint and never the requested address, so it cannot hold a code, token, answer
or search word; the client's address is never read. It has no response sizes and no times below a
second, since these could reveal answers.
"""

from __future__ import annotations

import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import structlog
from flask import Flask, Response, current_app, g, request

if TYPE_CHECKING:
    from quiz.content import Catalogue
    from quiz.web.reload import Reload

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
TO_THE_SECOND: Final = "%Y-%m-%dT%H:%M:%SZ"


def init_app(app: Flask, *, json: bool) -> None:
    """Where ``json`` is set, log each request as JSON, and replace Flask's own logger."""
    if not json:
        return
    log = structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt=TO_THE_SECOND, utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(0),
    )
    app.extensions["log"] = log

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()

    @app.after_request
    def line(response: Response) -> Response:
        log.info(
            "request",
            method=method(),
            page=request.endpoint or "none",
            status=response.status_code,
            seconds=seconds(),
        )
        return response


def method() -> str:
    """Return the request's method, or ``other`` for an unknown one."""
    return request.method if request.method in METHODS else "other"


def seconds() -> int:
    """Return how many whole seconds the request has taken."""
    return int(perf_counter() - g.get("begun", perf_counter()))


def warn(event: str, **figures: int) -> None:
    """Log something that an operator should look at."""
    _write(current_app, "warning", event, figures)


def error(app: Flask, problem: BaseException) -> None:
    """Log an unexpected error: its type and place, not its message, which may hold a value."""
    places, trace = [], problem.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    kind, page = type(problem).__name__, request.endpoint
    _write(app, "error", "error", {"kind": kind, "page": page, "trace": places})


def content(app: Flask, reload: Reload, catalogue: Catalogue) -> None:
    """Log that changed content was adopted, or why it was not."""
    fields: dict[str, Any] = {"content": catalogue.content_hash}
    if not reload.problems:
        _write(app, "info", "content taken over", fields)
        return
    fields["problems"] = [f"{problem.place}: {problem.message}" for problem in reload.problems[:20]]
    _write(app, "error", "content refused, serving the last good", fields)


def _write(app: Flask, level: str, event: str, fields: dict[str, Any]) -> None:
    log = app.extensions.get("log")
    if log:
        getattr(log, level)(event, **fields)
    else:
        lines = "\n  ".join(f"{name}: {value}" for name, value in fields.items())
        getattr(app.logger, level)("%s\n  %s", event, lines)
