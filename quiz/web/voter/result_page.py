"""The result page, put together for one voter.

Which sentences stand on the page depends on a few facts, its shape; the template is rendered once
for each shape, with slots for what differs within it, and each request fills the slots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from flask import render_template, request
from markupsafe import Markup

from quiz.content.catalogue import Catalogue
from quiz.matching import insight
from quiz.matching.answers import Answers, in_codes, in_weights, side_by_side
from quiz.matching.insight import Comparison, Deciding, Methods
from quiz.matching.results import Result, Results
from quiz.matching.sensitivity import Sensitivity
from quiz.web import metrics
from quiz.web.i18n import current
from quiz.web.published import Published
from quiz.web.together import find_for_all
from quiz.web.voter.forms import QuizForm
from quiz.web.voter.fragments import Fragments
from quiz.web.voter.rows import Layout
from quiz.web.voter.slots import Names, Slots, slim


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


class Found(NamedTuple):
    """What one voter's page shows; ``pieces`` are the numbers of its rows, see ``Layout``."""

    result: Result
    deciding: list[Deciding]
    methods: Methods
    pieces: npt.NDArray[np.int64]


class Scorer:
    """Finds what pages show, in any language."""

    def __init__(self, now: Published) -> None:
        self.layout = Layout(now.catalogue)
        self._double_weight = now.catalogue.quiz.matching.double_weight
        self._sensitivity, self._results = Sensitivity(now.kernel()), Results(now.catalogue)

    def of(self, several: Sequence[Answers]) -> list[Found]:
        """Score the answers of voters."""
        step = self._sensitivity.at_once
        parts = [several[at : at + step] for at in range(0, len(several), step)]
        return [found for part in parts for found in self._score(part)]

    def _score(self, several: Sequence[Answers]) -> list[Found]:
        said = side_by_side(several)
        weights = in_weights(said, self._double_weight)
        firmness = self._sensitivity.of(in_codes(said), weights)
        evidence = self._results.evidence(said)
        found = zip(
            self._results.of(said, evidence, firmness), insight.deciding(firmness),
            insight.methods(firmness), self.layout.of(evidence), strict=True,
        )  # fmt: skip
        return [Found(*each) for each in found]


class Pages:
    """Makes the result pages of one catalogue in the language of the request that first asks."""

    def __init__(self, now: Published) -> None:
        self._catalogue, self._forms = now.catalogue, now.forms
        self._scorer = now.once("scorer", lambda: Scorer(now))
        self._fragments = Fragments(now.catalogue, self._scorer.layout)

    def of(self, several: Sequence[bytes | QuizForm]) -> list[bytes | QuizForm]:
        """Return the page for each that was sent, URL-encoded or read, or its form if it won't do.

        That is a form that is not valid, or holds no answer.
        """
        forms = [self._forms.read(sent) if isinstance(sent, bytes) else sent for sent in several]
        made: list[bytes | QuizForm] = [*forms]
        answers = {
            at: its for at, form in enumerate(forms) if (its := answers_of(self._catalogue, form))
        }
        found = self._scorer.of(list(answers.values()))
        for (at, its), what in zip(answers.items(), found, strict=True):
            made[at] = self._page(forms[at], its, what)
        metrics.event("result", len(found))
        return made

    def _page(self, form: QuizForm, answers: Answers, found: Found) -> bytes:
        result, deciding, methods, pieces = found
        fragments = self._fragments
        several = len(result.leading) > 1
        rows = fragments.rows.of(pieces)
        values = {
            "leading": [fragments.named([outcome.party for outcome in result.leading])],
            "basis": [fragments.basis(result.answered)],
            "ranked": fragments.order(result.ranked, rows, several=several),
            "unranked": fragments.order(result.unranked, rows, several=several),
            "review": fragments.review(answers.said),
            "deciding": fragments.deciding(deciding),
            "ranks": fragments.ranks(methods, result),
        }
        for name, first in zip(methods.names, methods.firsts, strict=True):
            values[f"first_{name}"] = [fragments.named(first)]
        return self._frame(form, answers, found).fill_all(values)

    def _frame(self, form: QuizForm, answers: Answers, found: Found) -> Slots:
        shape, frames = _shape(form, found), self._fragments.frames
        if form.answers.parties:
            chosen = _chosen(form, self._catalogue)
            if chosen:
                return _render(shape, found.methods, self._compare(chosen, answers))
        if shape not in frames:
            frames[shape] = _render(shape, found.methods)
        return frames[shape]

    def _compare(self, chosen: Sequence[int], answers: Answers) -> Compared:
        fits = 2 <= len(chosen) <= 4
        return Compared(
            [self._catalogue.parties[row].id for row in chosen],
            self._fragments.in_words(answers),
            insight.compare(self._catalogue, answers, chosen) if fits else None,
        )


def page(now: Published, sent: bytes | QuizForm) -> bytes | QuizForm:
    """Return the page for what was sent, in this request's language; see ``Pages.of``.

    It is made together with those of others that are answered with this request.
    """
    pages = now.once(("pages", current()), lambda: Pages(now))
    if isinstance(sent, bytes):
        return find_for_all(request.environ, sent, pages.of)
    return pages.of([sent])[0]


def answers_of(catalogue: Catalogue, form: QuizForm) -> Answers | None:
    """Return the answers in a form, or None where it is not valid, or holds none."""
    if not form.validate():
        return None
    answers = Answers.of(catalogue, form.answers.codes, form.answers.double)
    return answers if answers.answered else None


def _shape(form: QuizForm, found: Found) -> Shape:
    result, methods = found.result, found.methods
    lead = "one" if len(result.leading) == 1 else "several"
    if len(result.leading) == len(result.ranked) != 1:
        lead = "all" if result.ranked else "none"
    return Shape(
        lead=lead,
        few=result.few,
        gone=form.gone,
        tied=result.tied,
        unranked=bool(result.unranked),
        deciding=bool(found.deciding),
        same_first=methods.same_first,
        kept=tuple([first == methods.firsts[0] for first in methods.firsts[1:]]),
    )


def _render(shape: Shape, methods: Methods, compared: Compared | None = None) -> Slots:
    rendered = render_template(
        "voter/result.html",
        shape=shape,
        slots=Names(),
        side_by_side=methods.names,
        all_methods=methods.all_methods,
        compared=compared,
    )
    return Slots(slim(Markup(rendered)))  # noqa: S704  # rendered by Jinja, which escapes


def _chosen(form: QuizForm, catalogue: Catalogue) -> list[int]:
    """Return the rows of the parties chosen to compare, by name; unknown ones are passed over."""
    index, parties = catalogue.party_index, catalogue.parties
    rows = {index[name] for name in form.answers.parties if name in index}
    return sorted(rows, key=lambda row: parties[row].name.casefold())
