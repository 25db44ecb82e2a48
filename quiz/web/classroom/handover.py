"""Continuing a class on another device: a short key, shown on request and never on the board."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import takeover
from quiz.classroom.codes import grouped
from quiz.classroom.store import Refused
from quiz.web.classroom.board import hosted
from quiz.web.classroom.cookies import HOST, cookie, keep
from quiz.web.classroom.shared import bare, database, page, qr
from quiz.web.i18n import gettext


def key(name: str) -> Response:
    """Explain what a key is; on POST make one and show it."""
    host = cookie(HOST, name)
    state = hosted(name, host)
    if request.method == "GET":
        return page("key", state=state, key=None)
    made = takeover.recovery(database(), host)
    link = url_for("classroom.recover", _external=True)
    return page(
        "key", state=state, key=grouped(made), link=bare(link),
        qr=qr(f"{link}#{made}", gettext("QR code: takes this class over")),
    )  # fmt: skip


def recover() -> Response:
    """Take a key from a form, never from an address, and let this browser run the class."""
    if request.method == "GET":
        return page("recover", typed="", wrong=False)
    typed = request.form.get("token", "").strip()
    try:
        name, host = takeover.recover(database(), typed)
    except Refused:
        return page("recover", status=400, typed=typed[:40], wrong=True)
    response = redirect(url_for("classroom.board", name=name), code=303)
    keep(response, HOST, name, host)
    return response
