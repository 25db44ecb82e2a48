"""The small address that phones and board ask again and again; the same answer for everyone."""

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
    """What everyone may know; the same for all, so any cache may answer for a second.

    This process keeps its answer for a fifth of a second too: thirty phones cost one look, and while
    one of them looks the others get what was kept.
    """
    kept: dict[str, tuple[float, Page]] = current_app.extensions.setdefault("class_states", {})
    moment = monotonic()
    at, answer = kept.get(name, (0.0, None))
    if answer is None or moment - at > FRESH:
        if answer:
            kept[name] = (moment, answer)
        answer = _look(name)
        if answer is None:
            kept.pop(name, None)
            abort(404)
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept[name] = (moment, answer)
    known = request.environ.get("HTTP_IF_NONE_MATCH")
    if known in {f'"{answer.etag}"', f'"{answer.etag}-br"'}:  # most are this; spare them the rest
        told = [("ETag", known), ("Cache-Control", SHORTLY), ("Vary", "Accept-Encoding")]
        return Response(status=304, headers=told)
    return answer.response(cache=SHORTLY)


def _look(name: str) -> Page | None:
    if not TOKEN.fullmatch(name):  # no id of ours, so not worth a look into the database
        return None
    found = tally.state(database(), name)
    if found is None:
        return None
    told = {
        "version": found.version,
        "board": found.board,
        "joined": found.joined,
        "answered": found.answered,
        "done": found.done,
    }
    return Page(json.dumps(told).encode(), "application/json")
