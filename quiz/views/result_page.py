"""The result page, put together for one voter.

Which sentences stand on the page depends on a few facts, its shape; the template is rendered once
for each shape, with slots for what differs within it, and each request fills the slots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import render_template
from markupsafe import Markup

from quiz import insight
from quiz.answers import Answers
from quiz.forms import QuizForm
from quiz.i18n import current
from quiz.insight import Comparison, Deciding, Methods
from quiz.published import Published
from quiz.results import Result
from quiz.views.fragments import Fragments
from quiz.views.slots import Names, Slots, slim


class Shape(NamedTuple):
    """What decides which sentences stand on a page.

    ``lead``: whether one party leads, ``several``, ``all`` that are ranked, or ``none`` is ranked.
    ``kept``: under each other method side by side, whether the same party stays first.
    """

    lead: str
    few: bool
    gone: bool
    tied: bool
    unranked: bool
    deciding: bool
    same_first: int
    kept: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Parties that the voter chose to compare; ``side_by_side`` is None where they are too many."""

    picked: list[str]
    said: list[Markup]
    side_by_side: Comparison | None


def render(now: Published, form: QuizForm, answers: Answers) -> bytes:
    """Score the answers and return the page."""
    firmness = now.sensitivity.of(answers.vector, answers.weights)
    result = now.results.of(answers, firmness)
    deciding, methods = insight.deciding(firmness), insight.methods(firmness)
    fragments = now.once(("fragments", current()), lambda: Fragments(now.catalogue))
    shape = _shape(form, result, deciding, methods)
    chosen = _chosen(form, now)
    if chosen:
        page = _frame(shape, methods, _compare(now, chosen, answers, fragments))
    else:
        page = fragments.frames.get(shape) or _frame(shape, methods)
        fragments.frames[shape] = page
    several = len(result.leading) > 1
    rows = fragments.rows.of(result)
    values = {
        "leading": [fragments.named([outcome.party for outcome in result.leading])],
        "basis": [fragments.basis(result.answered)],
        "ranked": fragments.order(result.ranked, rows, several=several),
        "unranked": fragments.order(result.unranked, rows, several=several),
        "review": fragments.review(answers.said.tolist()),
        "deciding": fragments.deciding(deciding),
        "ranks": fragments.ranks(methods, result),
    }
    for name, first in zip(methods.names, methods.firsts, strict=True):
        values[f"first_{name}"] = [fragments.named(first)]
    return page.fill_all(values)


def _shape(form: QuizForm, result: Result, deciding: Sequence[Deciding], methods: Methods) -> Shape:
    lead = "one" if len(result.leading) == 1 else "several"
    if len(result.leading) == len(result.ranked) != 1:
        lead = "all" if result.ranked else "none"
    return Shape(
        lead=lead,
        few=result.few,
        gone=form.gone,
        tied=result.tied,
        unranked=bool(result.unranked),
        deciding=bool(deciding),
        same_first=methods.same_first,
        kept=tuple([first == methods.firsts[0] for first in methods.firsts[1:]]),
    )


def _frame(shape: Shape, methods: Methods, compared: Compared | None = None) -> Slots:
    rendered = render_template(
        "voter/result.html",
        shape=shape,
        slots=Names(),
        side_by_side=methods.names,
        all_methods=methods.all_methods,
        compared=compared,
    )
    return Slots(slim(Markup(rendered)))  # noqa: S704  # rendered by Jinja, which escapes


def _compare(
    now: Published, chosen: Sequence[int], answers: Answers, fragments: Fragments
) -> Compared:
    fits = 2 <= len(chosen) <= 4
    return Compared(
        [now.catalogue.parties[row].id for row in chosen],
        fragments.in_words(answers),
        insight.compare(now.catalogue, answers, chosen) if fits else None,
    )


def _chosen(form: QuizForm, now: Published) -> list[int]:
    """Return the rows of the parties chosen to compare, by name; unknown ones are passed over."""
    index, parties = now.catalogue.party_index, now.catalogue.parties
    rows = {index[name] for name in form.answers.parties if name in index}
    return sorted(rows, key=lambda row: parties[row].name.casefold())
