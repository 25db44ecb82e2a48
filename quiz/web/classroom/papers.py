"""A class without phones: sheets to print, and a form for the counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.classroom import lesson, store
from quiz.classroom.seats import MAX_PUPILS
from quiz.content.catalogue import CODES
from quiz.web.classroom.cookies import HOST, keep
from quiz.web.classroom.shared import database, known_ids, page
from quiz.web.display import published

NUMBERS: Final = frozenset(str(number) for number in range(1000))
Counts = dict[str, dict[str, int]]


def paper() -> Response:
    """Print the statements with boxes, for a class without phones."""
    return page("paper", statements=_selection(request.args), lessons=_lessons())


def counted() -> Response:
    """Store the tallies of a class that answered on paper, as a class of its own."""
    typed = {name: value.strip() for name, value in request.form.items() if value.strip()}
    statements = _selection(request.values)
    if request.method == "GET":
        return _form(statements, {}, [])
    counts, wrong = _read(typed)
    if wrong or not counts:
        return _form(statements, typed, wrong, problem="wrong" if wrong else "empty")
    if not request.form.get("sure") and _most(counts) > MAX_PUPILS:
        return _form(statements, typed, [], problem="many", most=_most(counts))
    opened = store.open_paper(database(), published().catalogue, counts)
    response = redirect(url_for("classroom.summary", name=opened.id), code=303)
    keep(response, HOST, opened.id, opened.host)
    return response


def _read(typed: Mapping[str, str]) -> tuple[Counts, list[str]]:
    """Return the counts by statement and answer, and the names of invalid fields."""
    known, counts, wrong = published().catalogue.statement_index, Counts(), []
    for name, value in typed.items():
        word, dot, statement = name.partition(".")
        if not dot:
            continue
        if word not in CODES or statement not in known or value not in NUMBERS:
            wrong.append(name)
        else:
            counts.setdefault(statement, {})[word] = int(value)
    return counts, wrong


def _most(counts: Counts) -> int:
    return max(sum(count.values()) for count in counts.values())


def _form(
    statements: list[str],
    typed: Mapping[str, str],
    wrong: list[str],
    *,
    problem: str = "",
    most: int = 0,
) -> Response:
    fields = {f"{word}.{name}" for word in CODES for name in statements}
    return page(
        "counted", status=400 if problem else 200, statements=statements, typed=typed,
        wrong=[name for name in wrong if name in fields], problem=problem, most=most,
        lessons=_lessons(),
    )  # fmt: skip


def _selection(values: Mapping[str, str]) -> list[str]:
    """Return the statements on a sheet or its form: those named, those for a length, or all."""
    catalogue = published().catalogue
    named = known_ids(values.get("s", "").split(","))
    chosen = set(named or lesson.for_length(catalogue, values.get("length", "")))
    return [entry.id for entry in catalogue.statements if not chosen or entry.id in chosen]


def _lessons() -> list[tuple[int, int]]:
    return [(minutes, lesson.number_for(minutes)) for minutes in lesson.MINUTES]
