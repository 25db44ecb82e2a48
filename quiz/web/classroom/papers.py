"""What is printed, counted and taken home: sheets, tallies on paper, the summary and its CSV."""

from __future__ import annotations

from typing import Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import lesson, store, tally
from quiz.classroom.store import Refused
from quiz.classroom.summary import export, summarise
from quiz.classroom.tally import Distribution, State
from quiz.content.catalogue import CODES
from quiz.web.classroom.shared import HOST, adopt, chart, cookie, database, keep, page
from quiz.web.display import published
from quiz.web.i18n import current

NUMBERS: Final = frozenset(str(number) for number in range(1000))


def paper() -> Response:
    """Print the statements with boxes, for a class without phones."""
    catalogue, length = published().catalogue, request.args.get("length", "")
    chosen = set(lesson.for_length(catalogue, length) or catalogue.statement_index)
    return page(
        "paper",
        statements=[entry for entry in catalogue.statements if entry.id in chosen],
        lessons=[(minutes, lesson.number_for(minutes)) for minutes in lesson.MINUTES],
    )


def counted() -> Response:
    """Take the tallies of a class that answered on paper: a class of its own."""
    given = {name: value.strip() for name, value in request.form.items() if value.strip()}
    if request.method == "GET":
        return page("counted", given=given, wrong=False)
    counts: dict[str, dict[str, int]] = {}
    known = published().catalogue.statement_index
    for name, value in given.items():
        word, _, statement = name.partition(".")
        if word not in CODES or statement not in known or value not in NUMBERS:
            return page("counted", status=400, given=given, wrong=True)
        counts.setdefault(statement, {})[word] = int(value)
    if not counts:
        return page("counted", status=400, given=given, wrong=True)
    opened = store.open_paper(database(), published().catalogue, counts)
    answer = redirect(url_for("classroom.summary"), code=303)
    keep(answer, HOST, opened.host)
    return answer


def summary() -> Response:
    """Show what the class found, from the shown distributions alone."""
    found, shown = _summary()
    return page(
        "summary", state=found, shown=shown, chart=chart,
        found=summarise(published().catalogue, shown),
    )  # fmt: skip


def summary_csv() -> Response:
    """Offer the shown distributions as CSV."""
    _, shown = _summary()
    answer = Response(export(published().catalogue, shown, current()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="class.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _summary() -> tuple[State, list[Distribution]]:
    found = tally.state_of_host(database(), cookie(HOST))
    if found is None:
        raise Refused("class")
    adopt(found)
    return found, tally.distributions(database(), found.id)
