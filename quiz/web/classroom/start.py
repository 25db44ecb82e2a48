"""The first page of class mode: join, open a class, go back to those that this browser runs."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import lesson, store, tally
from quiz.classroom.tally import State
from quiz.web import log, metrics
from quiz.web.classroom.cookies import HOST, SEAT, cookie, forget, keep, names
from quiz.web.classroom.shared import database, known_ids, page
from quiz.web.display import published


def start() -> Response:
    """Offer to join, and to open a class; open it on POST."""
    if request.method == "GET":
        order = known_ids(request.args.get("s", "").split(","))
        return _page(way=request.args.get("way"), length="picked" if order else "", order=order)
    way, chosen = request.form.get("way", ""), chosen_statements()
    if way not in store.WAYS or not chosen:
        return nothing_picked(chosen)
    opened = store.open_class(database(), published().catalogue, way=way, statements=chosen)
    metrics.event("class_opened")
    if opened.filling:
        metrics.event("classes_filling")
        log.warn("classes are filling up, see quiz expire --empty", at_most=store.MAX_OPEN)
    show = "join" if way == "own" else None  # together begins with a lobby
    response = redirect(url_for("classroom.board", name=opened.id, show=show), code=303)
    keep(response, HOST, opened.id, opened.host)
    return response


def nothing_picked(chosen: list[str]) -> Response:
    """Show the form as it was sent, and say that a statement or a way lacks."""
    way, length = request.form.get("way"), request.form.get("length")
    return _page(status=400, way=way, length=length, order=chosen, empty=True)


def _page(
    *,
    order: list[str],
    way: str | None = None,
    length: str | None = None,
    status: int = 200,
    empty: bool = False,
) -> Response:
    running, gone = _running()
    response = page(
        "start", status=status, way=way, length=length, order=order, empty=empty, running=running,
        lessons=[(minutes, lesson.number_for(minutes)) for minutes in lesson.MINUTES],
        usual=lesson.USUAL, seats=_seats(),
    )  # fmt: skip
    for name in gone:
        forget(response, HOST, name)
    return response


def _running() -> tuple[list[State], list[str]]:
    """Return the classes that this browser runs, and its cookies that no longer run any."""
    running, gone = [], []
    for name in names(HOST):
        state = tally.state_of_host(database(), cookie(HOST, name))
        if state is None:
            gone.append(name)
        else:
            running.append(state)
    return running, gone


def _seats() -> list[State]:
    """Return the classes that go on and in which this browser has a seat."""
    places = [tally.place(database(), name, cookie(SEAT, name)) for name in names(SEAT)]
    return [here.state for here in places if here.state and here.seated]


def chosen_statements() -> list[str]:
    """Return the statements that a form asks for: by a lesson's length, all, or one by one."""
    catalogue, length = published().catalogue, request.form.get("length", "")
    if picked := lesson.for_length(catalogue, length):
        return picked
    if length == "all":
        return [entry.id for entry in catalogue.statements]
    themes = set(request.form.getlist("theme"))
    picked = request.form.getlist("statement")
    chosen = {entry.id for entry in catalogue.statements if entry.theme in themes} | set(picked)
    in_order = known_ids(request.form.get("order", "").split(","))  # from a lesson link
    rest = [entry.id for entry in catalogue.statements if entry.id not in in_order]
    return [name for name in in_order + rest if name in chosen]
