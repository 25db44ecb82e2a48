"""What a result page shows that does not depend on the voter, rendered once per language.

A row of evidence is the same for every voter but for their own answer, so it is kept in two
halves with the answer's place between them. The templates stay the only place with mark-up.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final

from flask import get_template_attribute
from markupsafe import Markup, escape

from quiz.answers import Answers
from quiz.content.catalogue import NAMES, NONE, Catalogue
from quiz.i18n import gettext
from quiz.results import Kind, Outcome
from quiz.views.display import position_word, say

MARK: Final = "\x1a"
COMPARED: Final = (Kind.SAME, Kind.HALF, Kind.OPPOSITE)
MAX_DOTS: Final = 80
SPACE: Final = re.compile(r"\s+")


class Fragments:
    """The pieces of one catalogue in one language."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        row = get_template_attribute("components/evidence.html", "row")
        self.rows: list[list[tuple[str, str] | None]] = [
            [
                _halves(row(party, statement, party.positions[statement.id], MARK))
                if statement.id in party.positions
                else None
                for statement in catalogue.statements
            ]
            for party in catalogue.parties
        ]
        self.texts = [str(say(statement.text)) for statement in catalogue.statements]
        words = {code: str(escape(position_word(NAMES[code]))) for code in NAMES}
        words[NONE] = str(escape(gettext("Skipped")))
        twice = str(escape(gettext("counts double")))
        self.words = {(code, False): word for code, word in words.items()} | {
            (code, True): f"{word}, {twice}" for code, word in words.items()
        }

    def evidence(self, outcome: Outcome, kind: Kind, answers: Answers) -> Markup:
        """Join a party's rows of one kind, with the voter's answers in their places."""
        rows, said = self.rows[outcome.party], self.said(answers)
        joined = [
            halves[0] + said[column] + halves[1]
            for column in outcome.columns[kind]
            if (halves := rows[column]) is not None
        ]
        return Markup("".join(joined))  # noqa: S704  # both halves come from a template, escaped

    def silent(self, outcome: Outcome, answers: Answers) -> Markup:
        """Join the statements on which no position was found."""
        said = self.said(answers)
        columns = outcome.columns[Kind.SILENT] + outcome.columns[Kind.NEITHER]
        return Markup(  # noqa: S704
            "".join(f"<li>{self.texts[column]} <i>{said[column]}</i></li>" for column in columns)
        )

    def said(self, answers: Answers) -> list[str]:
        """Return the voter's answer to each statement in words."""
        return [
            self.words[code, double]
            for code, double in zip(answers.vector.tolist(), answers.doubled.tolist(), strict=True)
        ]

    def chosen(self, column: int, answers: Answers) -> Markup:
        """Return the radios of a statement with the voter's answer chosen."""
        return self.choices[column][int(answers.vector[column]), bool(answers.doubled[column])]

    def word(self, column: int, answers: Answers) -> Markup:
        """Return the voter's answer to one statement in words."""
        said = self.words[int(answers.vector[column]), bool(answers.doubled[column])]
        return Markup(said)  # noqa: S704  # escaped when it was looked up

    @cached_property
    def choices(self) -> list[dict[tuple[int, bool], Markup]]:
        """The radios of each statement for every answer that may be chosen."""
        macro = get_template_attribute("components/choices.html", "choices")
        return [
            {
                (code, double): _slim(macro(statement, NAMES.get(code), double))
                for code in (*NAMES, NONE)
                for double in (False, True)
            }
            for statement in self.catalogue.statements
        ]

    @cached_property
    def sides(self) -> list[Markup]:
        """The parties on each side of each statement, with links to their quotes."""
        macro = get_template_attribute("components/sides.html", "sides")
        return [_slim(macro(self.catalogue, statement)) for statement in self.catalogue.statements]


def picture(outcome: Outcome, answers: Answers) -> Markup:
    """Draw one mark for each answered statement, and below them the three-part bar.

    The marks stand in the order same, half, not found, opposite, so that they read as the bar
    does: agree, not known, disagree. Beyond ``MAX_DOTS`` marks there is the bar alone.
    """
    doubled = answers.doubled
    counts = []
    for kind in (Kind.SAME, Kind.HALF, Kind.SILENT, Kind.OPPOSITE):
        columns = outcome.columns[kind]
        twice = sum(1 for column in columns if doubled[column])
        counts.append((twice, len(columns) - twice))
    return draw(tuple(counts), round(1000 * outcome.low), round(1000 * outcome.high))


@lru_cache(maxsize=8192)
def draw(counts: tuple[tuple[int, int], ...], low: int, high: int) -> Markup:
    """Draw from (doubled, single) counts of same, half, not found and opposite, and thousandths."""
    width, uses = 0, []
    for name, (twice, once) in zip(("same", "half", "silent", "opposite"), counts, strict=True):
        for symbol, size, number in ((f"{name}-2", 32, twice), (name, 16, once)):
            for _ in range(number):
                uses.append(f'<use href="#{symbol}" x="{width}"/>')
                width += size
    top = 20
    if len(uses) > MAX_DOTS:
        width, uses, top = 640, [], 1
    first, last = width * low // 1000, width * high // 1000
    return Markup(  # noqa: S704  # numbers and fixed names only
        f'<svg class="dots" viewBox="0 0 {width} {top + 9}" width="{width * 5 // 4}" '
        f'aria-hidden="true" focusable="false">{"".join(uses)}'
        f'<rect class="low" y="{top}" width="{first}" height="8"/>'
        f'<rect class="unknown" x="{first}" y="{top}" width="{last - first}" height="8"/>'
        f'<rect class="frame" x=".5" y="{top}" width="{width - 1}" height="8"/></svg>'
    )


def _halves(rendered: Markup) -> tuple[str, str]:
    before, _, after = _slim(rendered).partition(MARK)
    return before, after


def _slim(rendered: Markup) -> Markup:
    """Take out the line breaks and indentation that only templates need."""
    return Markup(SPACE.sub(" ", str(rendered)).strip())  # noqa: S704  # rendered by a template
