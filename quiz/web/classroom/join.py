"""Joining a class: by the code on the board, or by the QR code that holds it."""

from __future__ import annotations

import re
from typing import Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import codes, seats, tally
from quiz.classroom.store import Refused
from quiz.web import metrics
from quiz.web.classroom.cookies import SEAT, cookie, keep, names
from quiz.web.classroom.shared import database, page

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
SOON: Final = 2


def join() -> Response:
    """Ask for the code, or take it from the QR code's address; give a seat on POST.

    A browser that already has a seat gets it again, also after joining was locked.
    """
    code = codes.clean(request.values.get("code", ""))
    if code and (own := _own_seat(code)):
        return redirect(url_for("classroom.seat", name=own), code=303)
    if request.method == "GET":
        return page("join", code=code, wrong=None, token=codes.token())
    request_token = request.form.get("request", "")
    if not TOKEN.fullmatch(request_token):
        request_token = codes.token()
    try:
        name, token = seats.join(database(), code, request_token)
    except Refused as refused:
        return _refused(refused.reason, code, request_token)
    metrics.event("joined")
    response = redirect(url_for("classroom.seat", name=name), code=303)
    keep(response, SEAT, name, token)
    return response


def _own_seat(code: str) -> str | None:
    """Return the class of a code where this browser has a seat, or had one until the class
    ended.
    """
    if not names(SEAT):
        return None
    name = tally.class_of_code(database(), code)
    token = cookie(SEAT, name) if name else ""
    if not name or not token:
        return None
    here = tally.place(database(), name, token)
    ended = here.state is not None and here.state.phase == "ended"
    return name if here.seated or ended else None


def _refused(reason: str, code: str, token: str) -> Response:
    metrics.event("wrong_code" if reason == "code" else "join_refused")
    if reason != "slow":
        return page("join", status=400, code=code, wrong=reason, token=token)
    response = page("join", status=429, code=code, wrong=reason, token=token)
    response.headers["Retry-After"] = str(SOON)
    return response
