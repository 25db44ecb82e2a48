"""The educator's pages: open a class, run it from the board, rehearse it, take it over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import segno
from flask import abort, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from quiz.classroom import lesson, store, tally
from quiz.classroom.codes import spaced
from quiz.classroom.summary import summarise
from quiz.classroom.tally import State
from quiz.web import metrics
from quiz.web.classroom.shared import HOST, adopt, chart, cookie, database, keep, known_ids, page
from quiz.web.display import published

PLACES: Final = frozenset(str(number) for number in range(500))


def start() -> Response:
    """Offer to join, and to open a class; open it on POST."""
    catalogue = published().catalogue
    if request.method == "GET":
        return page(
            "start",
            way=request.args.get("way"),
            chosen=known_ids(request.args.get("s", "").split(",")),
            lessons=[(minutes, lesson.number_for(minutes)) for minutes in lesson.MINUTES],
        )
    opened = store.open_class(
        database(), catalogue, way=request.form.get("way", ""), statements=_chosen()
    )
    metrics.event("class_opened")
    answer = redirect(url_for("classroom.board"), code=303)
    keep(answer, HOST, opened.host)
    return answer


def _chosen() -> list[str]:
    catalogue, length = published().catalogue, request.form.get("length", "")
    if picked := lesson.for_length(catalogue, length):
        return picked
    if length == "all":
        return [entry.id for entry in catalogue.statements]
    themes = set(request.form.getlist("theme"))
    of_themes = [entry.id for entry in catalogue.statements if entry.theme in themes]
    return known_ids(request.form.getlist("statement") + of_themes)


def _left(found: State) -> int:
    return lesson.minutes_for(len(found.statements) - found.position)


def board() -> Response:
    """Show the board; on POST do what its buttons say."""
    host = cookie(HOST)
    found = tally.state_of_host(database(), host)
    if found is None:
        return redirect(url_for("classroom.start"), code=303)
    if request.method == "POST":
        return _act(host, request.form.get("action", ""), found)
    adopt(found)
    shown = tally.distributions(database(), found.id)
    here = next((one for one in shown if one.statement == found.current), None)
    return page(
        "board", state=found, minutes=_left(found), code=spaced(found.code), qr=_qr(found.code),
        join_page=url_for("classroom.start", _external=True),
        here=here if found.phase == "shown" else None, chart=chart,
        again=url_for("classroom.start", way=found.way, s=",".join(found.statements), _external=True),
    )  # fmt: skip


def _act(host: str, action: str, found: State) -> Response:
    base = database()
    if action == "recovery":
        token = store.recovery(base, host)
        return page("recovery", link=url_for("classroom.recover", _external=True), token=token)
    actions: dict[str, Callable[[], None]] = {
        "close": lambda: store.close(base, host),
        "next": lambda: store.go_on(base, host, found.position),
        "again": lambda: store.start_again(base, host),
        "lock": lambda: store.lock(base, host, locked=True),
        "unlock": lambda: store.lock(base, host, locked=False),
        "end": lambda: store.end(base, host),
    }
    if action not in actions:
        abort(400)
    actions[action]()
    over = action == "end" or (action == "close" and not found.together)
    place = "classroom.summary" if over else "classroom.board"
    return redirect(url_for(place), code=303)


def _qr(code: str) -> Markup:
    address = url_for("classroom.join", code=code, _external=True)
    picture = segno.make(address, error="m").svg_inline(
        svgclass="qr", lineclass=None, omitsize=True
    )
    return Markup(picture)  # noqa: S704  # made of numbers by segno


def rehearsal() -> Response:
    """Play a lesson with invented pupils. Where it stands travels with the page; nothing is stored."""
    statements = known_ids(request.form.get("s", "").split(",")) or _chosen()
    if request.method == "GET" or not statements:
        return redirect(url_for("classroom.start"), code=303)
    action, typed = request.form.get("action", ""), request.form.get("position", "0")
    position = min(int(typed), len(statements) - 1) if typed in PLACES else 0
    shown = [lesson.invented(name) for name in statements[: position + 1]]
    found = State(
        id="", code="", way="together", content_hash="", statements=tuple(statements),
        position=min(position + (action == "next"), len(statements) - 1),
        phase="shown" if action == "close" else "open", locked=True, joined=lesson.INVENTED,
        answered=lesson.INVENTED,
    )  # fmt: skip
    if action == "end":
        return page(
            "summary", state=found, shown=shown, chart=chart, rehearsal=True,
            found=summarise(published().catalogue, shown),
        )  # fmt: skip
    here = shown[-1] if action == "close" else None
    return page("board", state=found, minutes=_left(found), here=here, chart=chart, rehearsal=True)


def recover() -> Response:
    """Take a recovery token from a form, never from an address, and hand the class over."""
    if request.method == "GET":
        return page("recover")
    host = store.recover(database(), request.form.get("token", "").strip())
    answer = redirect(url_for("classroom.board"), code=303)
    keep(answer, HOST, host)
    return answer
