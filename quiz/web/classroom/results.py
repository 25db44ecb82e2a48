"""The class's result: a series of screens, the whole list, a hand-out and a CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import tally
from quiz.classroom.store import Refused
from quiz.classroom.summary import export, summarise
from quiz.classroom.tally import Distribution, State
from quiz.web.classroom.board import hosted
from quiz.web.classroom.cookies import HOST, cookie, only
from quiz.web.classroom.shared import adopt, database, page
from quiz.web.display import published
from quiz.web.i18n import current

SCREENS: Final = ("agreed", "divided", "parties", "questions", "all")
"""In this order; ``handout`` is the one page for print beside them."""


def summary(name: str = "") -> Response:
    """Show the class's result, made from the shown distributions alone."""
    state, shown = _results(name)
    address = url_for("classroom.summary", name=state.id)
    return summary_page(state, shown, address=address, fields={})


def summary_page(
    state: State,
    shown: Sequence[Distribution],
    *,
    address: str,
    fields: Mapping[str, str],
    rehearsal: bool = False,
) -> Response:
    """Draw one screen of the result of a class or a rehearsal."""
    screen = request.values.get("screen", "")
    template = "handout" if screen == "handout" else "summary"
    screen = screen if screen in SCREENS else SCREENS[0]
    at = SCREENS.index(screen)
    return page(
        template, state=state, shown=shown, screen=screen, address=address, fields=fields,
        rehearsal=rehearsal, summary=summarise(published().catalogue, shown, current()),
        before=SCREENS[at - 1] if at else None,
        after=SCREENS[at + 1] if at + 1 < len(SCREENS) else None,
        screens=SCREENS,
    )  # fmt: skip


def summary_csv(name: str = "") -> Response:
    """Offer the shown distributions as CSV."""
    _, shown = _results(name)
    response = Response(export(published().catalogue, shown, current()), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="class.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _results(name: str) -> tuple[State, list[Distribution]]:
    name = name or only(HOST)
    if not name:
        raise Refused("class")
    state = hosted(name, cookie(HOST, name))
    adopt(state)
    return state, tally.distributions(database(), state.id)
