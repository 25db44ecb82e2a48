"""Prometheus metrics of requests and of events in classes; nothing about a person.

Every worker counts in its own files in a shared folder; the main process adds them up and serves
the sums at a separate address. Without ``QUIZ_METRICS`` nothing is imported or counted. Labels come
from closed lists, and times are in whole seconds, since finer ones could reveal answers.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, current_app, g, request

from quiz.web import log

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS: Final = (0, 1, 2, 5, 10)
"""In whole seconds, rounded down."""


class Current:
    """Collects whether the served content is that of the files."""

    def __init__(self, current: Callable[[], bool]) -> None:
        self._current = current

    def collect(self) -> Iterator[Metric]:
        """Yield the gauge."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

        words = (
            "1 where the content's files are served, 0 where they are broken and older content is."
        )
        yield GaugeMetricFamily("quiz_content_current", words, value=float(self._current()))


def publish(address: str, current: Callable[[], bool]) -> None:
    """Serve the sums of all workers at ``host:port``; call this before the workers start.

    Raises ``OSError`` where the address cannot be used.
    """
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="quiz-metrics-")
    import atexit  # noqa: PLC0415  # where metrics are on

    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(Current(current))
    host, _, port = address.rpartition(":")
    start_http_server(int(port), addr=host.strip("[]"), registry=registry)
    atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)


def init_app(app: Flask, address: str = "") -> None:
    """Count this app's requests, if ``publish`` was called."""
    if FOLDER not in os.environ:
        if address:
            app.logger.warning("QUIZ_METRICS is set, but only ‘quiz serve’ can add up its workers.")
        return
    from prometheus_client import Counter, Histogram  # noqa: PLC0415

    requests = Counter(
        "quiz_requests", "Answered requests.", ["method", "page", "status"], registry=None
    )
    seconds = Histogram(
        "quiz_request_seconds",
        "Whole seconds to answer, rounded down.",
        ["page"],
        buckets=BUCKETS,
        registry=None,
    )
    events = Counter(
        "quiz_events", "What happened: results shown, classes, codes.", ["event"], registry=None
    )
    app.extensions["events"] = cache(events.labels)

    @app.before_request
    def begin() -> None:
        g.begun = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        page = request.endpoint or "none"
        requests.labels(log.method(), page, str(response.status_code)).inc()
        seconds.labels(page).observe(log.seconds())
        return response


def event(name: str, times: int = 1) -> None:
    """Count an event."""
    events = current_app.extensions.get("events")
    if events is not None:
        events(name).inc(times)
