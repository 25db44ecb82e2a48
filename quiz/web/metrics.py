"""Counts for Prometheus, of requests and of what happens in classes; nothing that tells of a person.

Every worker counts in files of its own in one folder, and the process that starts the workers adds
them up on an address of their own. Without ``QUIZ_METRICS`` none of this is imported or counted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from time import perf_counter
from typing import Final

from flask import Flask, Response, current_app, g, request

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


def publish(address: str) -> None:
    """Serve the sums of all workers at ``host:port``; call it before the workers are started.

    Raises ``OSError`` where the address cannot be used.
    """
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="quiz-metrics-")
    import atexit  # noqa: PLC0415  # where metrics are on

    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    owner, folder = os.getpid(), os.environ[FOLDER]
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    host, _, port = address.rpartition(":")
    start_http_server(int(port), addr=host.strip("[]"), registry=registry)

    @atexit.register
    def clear() -> None:
        if os.getpid() == owner:  # not in a worker that was forked
            shutil.rmtree(folder, ignore_errors=True)


def count(app: Flask) -> None:
    """Count this app's requests, where ``publish`` was called before."""
    if FOLDER not in os.environ:
        return
    from prometheus_client import Counter, Histogram  # noqa: PLC0415

    requests = Counter(
        "quiz_requests", "Answered requests.", ["method", "page", "status"], registry=None
    )
    seconds = Histogram(
        "quiz_request_seconds", "Time to answer.", ["page"], buckets=BUCKETS, registry=None
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
        requests.labels(request.method, page, str(response.status_code)).inc()
        if "begun" in g:
            seconds.labels(page).observe(perf_counter() - g.begun)
        return response


def event(name: str, times: int = 1) -> None:
    """Count that something happened."""
    events = current_app.extensions.get("events")
    if events is not None:
        events(name).inc(times)
