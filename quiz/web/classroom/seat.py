"""The pupils' pages: join, answer, and the small address that phones and board poll."""

from __future__ import annotations

import json
import re
from time import monotonic
from typing import Final

from flask import abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import store, tally
from quiz.classroom.codes import clean
from quiz.classroom.store import Refused
from quiz.content.catalogue import CODES, NAMES
from quiz.web import metrics
from quiz.web.classroom.shared import SEAT, adopt, cookie, database, keep, page
from quiz.web.compress import Page
from quiz.web.security import cookie_name

FRESH: Final = 0.2
MOST_KEPT: Final = 5000
SHORTLY: Final = "public, max-age=1"
NAME: Final = re.compile(r"[A-Za-z0-9_-]{22}")


def join() -> Response:
    """Ask for the code, or take the one of the QR picture; give a seat on POST."""
    if request.method == "GET":
        return page("join", code=clean(request.args.get("code", "")), wrong=None)
    try:
        _, token = store.join(database(), request.form.get("code", ""))
    except Refused as refused:
        metrics.event("wrong_code" if refused.reason == "code" else "join_refused")
        code = clean(request.form.get("code", ""))
        return page("join", status=400, code=code, wrong=refused.reason)
    metrics.event("joined")
    answer = redirect(url_for("classroom.seat"), code=303)
    keep(answer, SEAT, token)
    return answer


def seat() -> Response:
    """Show a pupil what to answer; take answers on POST. Own answers travel with the page."""
    if request.method == "POST" and request.form.get("action") == "leave":
        answer = redirect(url_for("classroom.join"), code=303)
        answer.delete_cookie(
            cookie_name(SEAT), httponly=True, samesite="Lax", secure=request.is_secure
        )
        return answer
    token = cookie(SEAT)
    mine, problem = _words("mine."), None
    if request.method == "POST" and request.form.get("action") == "send":
        given = _words("answer.")
        try:
            store.answer(database(), token, {name: CODES[word] for name, word in given.items()})
            mine |= given
            metrics.event("answer_taken")
        except Refused as refused:
            problem = refused.reason
    found, sent = tally.seat(database(), token)
    mine |= {name: NAMES[code] for name, code in sent.items()}
    if found:
        adopt(found)
    return page("seat", state=found, mine=mine, sent=sent, problem=problem)


def _words(prefix: str) -> dict[str, str]:
    """Return the form's answers whose names start so, by statement."""
    return {
        name.removeprefix(prefix): value
        for name, value in request.form.items()
        if name.startswith(prefix) and value in CODES
    }


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
    if not NAME.fullmatch(name):  # no token of ours, so not worth a look into the database
        return None
    found = tally.state(database(), name)
    if found is None:
        return None
    version = f"{found.position}-{found.phase}"
    told = {"version": version, "joined": found.joined, "answered": found.answered}
    return Page(json.dumps(told).encode(), "application/json")
