"""The log: one JSON object a line for each request and each error, and nothing that tells of a person.

A line names the kind of page and never the address that was asked for, so no code, token, answer or
search word can stand in it; the client's address is never read.
"""

from __future__ import annotations

import sys
from time import perf_counter
from typing import Final

import structlog
from flask import Flask, Response, g, request

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})


def write(app: Flask) -> None:
    """Write a line for each request, and errors in place of Flask's own logger."""
    log = structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(0),
    )
    app.extensions["log"] = log

    @app.before_request
    def begin() -> None:
        g.logged_from = perf_counter()

    @app.after_request
    def line(response: Response) -> Response:
        log.info(
            "request",
            method=request.method if request.method in METHODS else "other",
            page=request.endpoint or "none",
            status=response.status_code,
            ms=round(1000 * (perf_counter() - g.get("logged_from", perf_counter())), 2),
            bytes=response.calculate_content_length(),
        )
        return response


def trouble(app: Flask, error: BaseException) -> None:
    """Log an error that nobody expected: its kind and where, not its words, which may hold a value."""
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    log = app.extensions.get("log")
    if log is None:
        app.logger.error("%s at\n  %s", type(error).__name__, "\n  ".join(places))
    else:
        log.error("error", kind=type(error).__name__, page=request.endpoint, trace=places)
