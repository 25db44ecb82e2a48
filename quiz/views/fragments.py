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
from quiz.insight import Deciding, Methods
from quiz.results import Kind, Outcome
from quiz.views.display import kinds, party_names, position_word, words_template

MARK: Final = "\x1a"
MAX_DOTS: Final = 80
SLOT: Final = re.compile("\x1a(\\w+)\x1a")
SPACE: Final = re.compile(r"\s+")
AROUND_BLOCKS: Final = re.compile(
    r" ?(</?(?:blockquote|dd|details|div|dl|dt|fieldset|figcaption|figure|h3|h4|legend|li|p|summary|ul)\b[^>]*>) ?"
)

Said = tuple[int, bool]


class Slots:
    """A rendered piece with named places in it that each request fills; bytes, as they are sent."""

    def __init__(self, rendered: str) -> None:
        parts = SLOT.split(rendered)
        self.names = parts[1::2]
        self.parts = [part.encode() for part in parts]

    def fill(self, **values: bytes) -> bytes:
        """Join the piece with its values, which are mark-up already."""
        parts = self.parts.copy()
        parts[1::2] = [values[name] for name in self.names]
        return b"".join(parts)


class Names:
    """Hands a template the mark of each slot that it names."""

    def __getattr__(self, name: str) -> Markup:
        return Markup(f"{MARK}{name}{MARK}")  # noqa: S704  # a fixed name between two marks


class Fragments:
    """The pieces of one catalogue in one language.

    What a voter said of a statement is a pair of the answer's code and whether it counts double.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.decimal = decimal_mark()
        words = {code: str(escape(position_word(NAMES[code]))) for code in NAMES}
        words[NONE] = str(escape(gettext("Skipped")))
        twice = str(escape(gettext("counts double")))
        self.words = {(code, False): word for code, word in words.items()} | {
            (code, True): f"{word}, {twice}" for code, word in words.items()
        }
        silent_row = get_template_attribute("components/outcome.html", "silent_row")
        silent_rows = [
            self._each(silent_row(statement, Names())) for statement in catalogue.statements
        ]
        row = get_template_attribute("components/evidence.html", "row")
        self.rows = [
            [
                self._each(row(party, statement, party.positions[statement.id], Names()))
                if statement.id in party.positions
                else silent
                for statement, silent in zip(catalogue.statements, silent_rows, strict=True)
            ]
            for party in catalogue.parties
        ]
        group = get_template_attribute("components/outcome.html", "group")
        self.groups = [
            (kind, Slots(_slim(group(name, title, Names())))) for kind, name, title in kinds()
        ]
        silent = get_template_attribute("components/outcome.html", "silent_group")
        self.silent_group = Slots(_slim(silent(Names())))
        self.counted = words_template()
        self._outcomes: dict[tuple[int, bool, bool, bool], Slots] = {}
        self._reviews: dict[tuple[int, Said], bytes] = {}
        deciding = get_template_attribute("components/sure.html", "deciding")
        self._deciding = [
            [Slots(_slim(deciding(statement, Names(), changes))) for changes in (False, True)]
            for statement in catalogue.statements
        ]
        ranks = get_template_attribute("components/sure.html", "ranks")
        self._ranks = [Slots(_slim(ranks(party, Names()))) for party in catalogue.parties]

    def order(self, outcomes: Sequence[Outcome], answers: Answers, *, several: bool) -> bytes:
        """Return these parties' parts of the page; ``several`` parties lead where it says so."""
        said = _said(answers)
        return b"".join(self._outcome(outcome, answers, said, several) for outcome in outcomes)

    def review(self, answers: Answers) -> bytes:
        """Return the voter's answers, each to be changed, with the parties on each side."""
        return b"".join(
            self._reviews.get((column, said)) or self._review(column, said)
            for column, said in enumerate(_said(answers))
        )

    def deciding(self, found: Sequence[Deciding]) -> bytes:
        """Return a line for each answer that matters most for the order."""
        return b"".join(
            self._deciding[one.column][bool(one.new_first)].fill(
                first=str(escape(party_names(one.new_first))).encode()
            )
            for one in found
        )

    def ranks(self, methods: Methods) -> bytes:
        """Return a line for each party with its place under the methods side by side."""
        return b"".join(
            self._ranks[row.party].fill(
                ranks=b"".join([_place(rank, row.ranks[0]) for rank in row.ranks])
            )
            for row in methods.rows
        )

    def said(self, answers: Answers) -> list[Markup]:
        """Return the voter's answer to each statement in words."""
        return [Markup(self.words[said]) for said in _said(answers)]  # noqa: S704  # escaped above

    def _each(self, row: Markup) -> dict[Said, bytes]:
        """Return a row for each answer that a voter can have given."""
        slots = Slots(_slim(row))
        return {said: slots.fill(said=word.encode()) for said, word in self.words.items()}

    def _outcome(
        self, outcome: Outcome, answers: Answers, said: list[Said], several: bool
    ) -> bytes:
        ranked, leading = outcome.rank is not None, outcome.leading
        key = (outcome.party, ranked, leading, leading and several)
        shell = self._outcomes.get(key)
        if shell is None:
            party = self.catalogue.parties[outcome.party]
            macro = get_template_attribute("components/outcome.html", "outcome_item")
            shell = self._outcomes[key] = Slots(_slim(macro(party, Names(), *key[1:])))
        count = {kind: len(columns) for kind, columns in outcome.columns.items()}
        words = self.counted % {
            "same": count[Kind.SAME],
            "half": count[Kind.HALF],
            "opposite": count[Kind.OPPOSITE],
            "compared": outcome.compared,
            "silent": count[Kind.SILENT],
        }
        return shell.fill(
            rank=b"%d" % (outcome.rank or 0),
            match=f"{100 * outcome.match:.1f}".replace(".", self.decimal).encode(),
            picture=picture(outcome, answers),
            words=words.encode(),
            groups=self._groups(outcome, said),
        )

    def _groups(self, outcome: Outcome, said: list[Said]) -> bytes:
        rows, parts = self.rows[outcome.party], []
        for kind, group in self.groups:
            columns = outcome.columns[kind]
            if columns:
                joined = b"".join([rows[column][said[column]] for column in columns])
                parts.append(group.fill(count=b"%d" % len(columns), rows=joined))
        silent = outcome.columns[Kind.SILENT] + outcome.columns[Kind.NEITHER]
        if silent:
            joined = b"".join([rows[column][said[column]] for column in silent])
            parts.append(self.silent_group.fill(rows=joined))
        return b"".join(parts)

    def _review(self, column: int, said: Said) -> bytes:
        macro = get_template_attribute("components/review.html", "review")
        word = Markup(self.words[said])  # noqa: S704  # escaped above
        statement = self.catalogue.statements[column]
        rendered = macro(self.catalogue, statement, word, NAMES.get(said[0]), said[1])
        found = self._reviews[column, said] = _slim(rendered).encode()
        return found


def picture(outcome: Outcome, answers: Answers) -> bytes:
    """Draw one mark for each answered statement, and below them the three-part bar.

    The marks stand in the order same, half, not found, opposite, so that they read as the bar
    does: agree, not known, disagree. Beyond ``MAX_DOTS`` marks there is the bar alone.
    """
    doubled = answers.doubled.tolist()
    counts = []
    for kind in (Kind.SAME, Kind.HALF, Kind.SILENT, Kind.OPPOSITE):
        columns = outcome.columns[kind]
        twice = sum([doubled[column] for column in columns])
        counts.append((twice, len(columns) - twice))
    return draw(tuple(counts), round(1000 * outcome.low), round(1000 * outcome.high))


@lru_cache(maxsize=1024)
def draw(counts: tuple[tuple[int, int], ...], low: int, high: int) -> bytes:
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
    return (
        f'<svg class="dots" viewBox="0 0 {width} {top + 9}" width="{width * 5 // 4}" '
        f'aria-hidden="true" focusable="false">{"".join(uses)}'
        f'<rect class="low" y="{top}" width="{first}" height="8"/>'
        f'<rect class="unknown" x="{first}" y="{top}" width="{last - first}" height="8"/>'
        f'<rect class="frame" x=".5" y="{top}" width="{width - 1}" height="8"/></svg>'
    ).encode()


def _said(answers: Answers) -> list[Said]:
    return list(zip(answers.vector.tolist(), answers.doubled.tolist(), strict=True))


def _place(rank: int | None, own: int | None) -> bytes:
    """Write a place in the table of methods: bold where it is another than in this result."""
    if rank is None:
        return b'<td class="number">\xe2\x80\x93</td>'
    return (
        b'<td class="number">%d</td>' % rank
        if rank == own
        else b'<td class="number"><b>%d</b></td>' % rank
    )


def _slim(rendered: Markup) -> Markup:
    """Take out the white space that only templates need: all of it beside block elements."""
    return Markup(AROUND_BLOCKS.sub(r"\1", SPACE.sub(" ", str(rendered))).strip())  # noqa: S704
