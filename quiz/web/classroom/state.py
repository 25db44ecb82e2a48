"""The small response that phones and board poll; it is the same for everyone."""

from __future__ import annotations

import json
from time import monotonic
from typing import Final

from flask import abort, current_app, request
from werkzeug.wrappers import Response

from quiz.classroom import tally
from quiz.web.classroom.join import TOKEN
from quiz.web.classroom.shared import database
from quiz.web.compress import Page

FRESH: Final = 0.2
MOST_KEPT: Final = 5000
SHORTLY: Final = "public, max-age=1"


def state(name: str) -> Response:
    """Return what everyone may know; it is the same for all, so any cache may keep it for a second.

    This process caches it for a fifth of a second too: thirty phones cost one query, and while one
    of them waits for it the others get the cached response.
    """
    kept: dict[str, tuple[float, Page]] = current_app.extensions.setdefault("class_states", {})
    moment = monotonic()
    at, page = kept.get(name, (0.0, None))
    if page is None or moment - at > FRESH:
        if page:
            kept[name] = (moment, page)
        page = _look(name)
        if page is None:
            kept.pop(name, None)
            abort(404)
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept[name] = (moment, page)
    known = request.environ.get("HTTP_IF_NONE_MATCH")
    if known in {f'"{page.etag}"', f'"{page.etag}-br"'}:  # most requests end here
        headers = [("ETag", known), ("Cache-Control", SHORTLY), ("Vary", "Accept-Encoding")]
        return Response(status=304, headers=headers)
    return page.response(cache=SHORTLY)


def _look(name: str) -> Page | None:
    if not TOKEN.fullmatch(name):  # no id of ours, so not worth a query
        return None
    current = tally.state(database(), name)
    if current is None:
        return None
    fields = {
        "version": current.version,
        "board": current.board,
        "joined": current.joined,
        "answered": current.answered,
        "done": current.done,
    }
    return Page(json.dumps(fields).encode(), "application/json")
