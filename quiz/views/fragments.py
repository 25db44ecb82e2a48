"""What a result page shows that does not depend on the voter, rendered once per language.

A piece is the same for every voter but for a few places, so it is rendered once by its template and
kept with slots that each request fills. The templates stay the only place with mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from flask import get_template_attribute
from markupsafe import Markup, escape

from quiz.answers import Answers
from quiz.content.catalogue import NAMES, NONE, Catalogue
from quiz.i18n import decimal_mark, gettext
from quiz.results import Kind, Outcome
from quiz.views.display import kinds, position_word, say, words_template

MARK: Final = "\x1a"
MAX_DOTS: Final = 80
SLOT: Final = re.compile("\x1a(\\w+)\x1a")
SPACE: Final = re.compile(r"\s+")


class Slots:
    """A rendered piece with named places in it that each request fills."""

    def __init__(self, rendered: Markup) -> None:
        self.parts = SLOT.split(str(_slim(rendered)))

    def fill(self, **values: str) -> str:
        """Join the piece with its values, which are mark-up already."""
        parts = self.parts.copy()
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts)


class Names:
    """Hands a template the mark of each slot that it names."""

    def __getattr__(self, name: str) -> Markup:
        return Markup(f"{MARK}{name}{MARK}")  # noqa: S704  # a fixed name between two marks


class Fragments:
    """The pieces of one catalogue in one language."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.decimal = decimal_mark()
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
        group = get_template_attribute("components/outcome.html", "group")
        self.groups = [(kind, Slots(group(name, title, Names()))) for kind, name, title in kinds()]
        self.silent_group = Slots(
            get_template_attribute("components/outcome.html", "silent_group")(Names())
        )
        self.counted = words_template()
        self._outcomes: dict[tuple[int, bool, bool, bool], Slots] = {}
        self._reviews: dict[tuple[int, int, bool], str] = {}
        self._picks: dict[tuple[str, ...], Markup] = {}

    def outcome(self, outcome: Outcome, answers: Answers, several: bool) -> Markup:
        """Return one party's part of the page; ``several`` parties lead where it says so."""
        said = self.said(answers)
        ranked, leading = outcome.rank is not None, outcome.leading
        key = (outcome.party, ranked, leading, leading and several)
        shell = self._outcomes.get(key)
        if shell is None:
            party = self.catalogue.parties[outcome.party]
            macro = get_template_attribute("components/outcome.html", "outcome_item")
            shell = self._outcomes[key] = Slots(macro(party, Names(), *key[1:]))
        count = {kind: len(columns) for kind, columns in outcome.columns.items()}
        return Markup(  # noqa: S704  # all parts come from templates, escaped
            shell.fill(
                rank=str(outcome.rank),
                match=f"{100 * outcome.match:.1f}".replace(".", self.decimal),
                picture=str(picture(outcome, answers)),
                words=self.counted
                % {
                    "same": count[Kind.SAME],
                    "half": count[Kind.HALF],
                    "opposite": count[Kind.OPPOSITE],
                    "compared": outcome.compared,
                    "silent": count[Kind.SILENT],
                },
                groups=self._groups(outcome, said),
            )
        )

    def _groups(self, outcome: Outcome, said: list[str]) -> str:
        rows, parts = self.rows[outcome.party], []
        for kind, group in self.groups:
            columns = outcome.columns[kind]
            if columns:
                joined = [
                    halves[0] + said[column] + halves[1]
                    for column in columns
                    if (halves := rows[column]) is not None
                ]
                parts.append(group.fill(count=str(len(columns)), rows="".join(joined)))
        silent = outcome.columns[Kind.SILENT] + outcome.columns[Kind.NEITHER]
        if silent:
            listed = [f"<li>{self.texts[column]} <i>{said[column]}</i></li>" for column in silent]
            parts.append(self.silent_group.fill(rows="".join(listed)))
        return "".join(parts)

    def said(self, answers: Answers) -> list[str]:
        """Return the voter's answer to each statement in words."""
        return [
            self.words[code, double]
            for code, double in zip(answers.vector.tolist(), answers.doubled.tolist(), strict=True)
        ]

    def word(self, column: int, answers: Answers) -> Markup:
        """Return the voter's answer to one statement in words."""
        said = self.words[int(answers.vector[column]), bool(answers.doubled[column])]
        return Markup(said)  # noqa: S704  # escaped when it was looked up

    def review(self, answers: Answers) -> Markup:
        """Return the voter's answers, each to be changed, with the parties on each side."""
        given = zip(answers.vector.tolist(), answers.doubled.tolist(), strict=True)
        return Markup(  # noqa: S704
            "".join(
                self._review(column, code, double) for column, (code, double) in enumerate(given)
            )
        )

    def _review(self, column: int, code: int, double: bool) -> str:
        found = self._reviews.get((column, code, double))
        if found is None:
            macro = get_template_attribute("components/review.html", "review")
            said = Markup(self.words[code, double])  # noqa: S704
            statement = self.catalogue.statements[column]
            rendered = macro(self.catalogue, statement, said, NAMES.get(code), double)
            found = self._reviews[column, code, double] = str(_slim(rendered))
        return found

    def pick(self, chosen: Sequence[str]) -> Markup:
        """Return the parties to compare; the usual one, with none chosen, is kept."""
        macro = get_template_attribute("components/pick.html", "pick")
        if chosen:
            return _slim(macro(chosen))
        if () not in self._picks:
            self._picks[()] = _slim(macro(()))
        return self._picks[()]


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
    before, _, after = str(_slim(rendered)).partition(MARK)
    return before, after


def _slim(rendered: Markup) -> Markup:
    """Take out the line breaks and indentation that only templates need."""
    return Markup(SPACE.sub(" ", str(rendered)).strip())  # noqa: S704  # rendered by a template
