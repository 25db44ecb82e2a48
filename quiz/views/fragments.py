"""What a result page shows that does not depend on the voter, rendered once per language.

A row under a party is the same for every voter but for the voter's own answer, so it is kept for
each answer that there is; a request picks rows and joins them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup, escape

from quiz.answers import Answers
from quiz.content.catalogue import NAMES, NONE, Catalogue
from quiz.i18n import decimal_mark, gettext
from quiz.insight import Deciding, Methods
from quiz.results import Kind, Outcome
from quiz.views.display import kinds, position_word, words_template
from quiz.views.dots import picture
from quiz.views.slots import Names, Slots, slim

TWICE = 4
"""Added to the two lowest bits of an answer's code where it counts double: what was said, 0 to 7."""


class Fragments:
    """The pieces of one catalogue in one language.

    What a voter *said* of a statement is a number from 0 to 7: the answer, and whether it counts
    double.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.decimal = decimal_mark()
        words = {code: str(escape(position_word(NAMES[code]))) for code in NAMES}
        words[NONE] = str(escape(gettext("Skipped")))
        twice = str(escape(gettext("counts double")))
        order = sorted(words, key=lambda code: code & 3)
        self.words = [words[code] for code in order]
        self.words += [f"{word}, {twice}" for word in self.words]
        self.names = [str(escape(party.name)) for party in catalogue.parties]
        self.joined = str(escape(gettext("%(some)s and %(last)s")))
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
            (kind, Slots(slim(group(name, title, Names()))).around("count", "rows"))
            for kind, name, title in kinds()
        ]
        silent = get_template_attribute("components/outcome.html", "silent_group")
        self.silent_group = Slots(slim(silent(Names()))).around("rows")
        self.counted = words_template()
        self._outcomes: dict[tuple[int, bool, bool, bool], list[bytes]] = {}
        self._reviews: dict[tuple[int, int], bytes] = {}
        deciding = get_template_attribute("components/sure.html", "deciding")
        self._deciding = [
            [Slots(slim(deciding(statement, Names(), changes))) for changes in (False, True)]
            for statement in catalogue.statements
        ]
        ranks = get_template_attribute("components/sure.html", "ranks")
        self._ranks = [Slots(slim(ranks(party, Names()))).around("ranks") for party in catalogue.parties]  # fmt: skip

    def order(self, outcomes: Sequence[Outcome], said: list[int], *, several: bool) -> bytes:
        """Return these parties' parts of the page; ``several`` parties lead where it says so."""
        parts: list[bytes] = []
        for outcome in outcomes:
            rank, leading = outcome.rank, outcome.leading
            key = (outcome.party, rank is not None, leading, leading and several)
            before, *between, after = self._outcomes.get(key) or self._outcome(*key)
            parts.append(before)
            if rank is not None:
                match = f"{100 * outcome.match:.1f}".replace(".", self.decimal).encode()
                parts += [b"%d" % rank, between[0], match, between[1]]
            counted = _counted(self.counted, tuple(outcome.counts))
            parts += [picture(outcome), between[-2], counted, between[-1]]
            self._add_groups(parts, outcome, said)
            parts.append(after)
        return b"".join(parts)

    def review(self, said: list[int]) -> bytes:
        """Return the voter's answers, each to be changed, with the parties on each side."""
        kept = self._reviews
        return b"".join([kept.get(place) or self._review(*place) for place in enumerate(said)])

    def deciding(self, found: Sequence[Deciding]) -> bytes:
        """Return a line for each answer that matters most for the order."""
        return b"".join(
            [
                self._deciding[column][bool(first)].fill(first=self.named(first))
                for column, first in found
            ]
        )

    def ranks(self, methods: Methods) -> bytes:
        """Return a line for each party with its place under the methods side by side."""
        parts = []
        for party, ranks in methods.rows:
            before, after = self._ranks[party]
            parts += [before, *[_place(rank, rank == ranks[0]) for rank in ranks], after]
        return b"".join(parts)

    def named(self, parties: Sequence[int]) -> bytes:
        """Join the names of parties as a sentence does: “A, B and C”."""
        names = [self.names[party] for party in parties]
        if len(names) < 2:
            return "".join(names).encode()
        return (self.joined % {"some": ", ".join(names[:-1]), "last": names[-1]}).encode()

    def in_words(self, answers: Answers) -> list[Markup]:
        """Return the voter's answer to each statement in words."""
        return [Markup(self.words[one]) for one in said(answers)]  # noqa: S704  # escaped above

    def _each(self, row: Markup) -> list[bytes]:
        """Return a row for each answer that a voter can have given."""
        slots = Slots(slim(row))
        return [slots.fill(said=word.encode()) for word in self.words]

    def _outcome(self, row: int, ranked: bool, leading: bool, flagged: bool) -> list[bytes]:
        party = self.catalogue.parties[row]
        macro = get_template_attribute("components/outcome.html", "outcome_item")
        slots = Slots(slim(macro(party, Names(), ranked, leading, flagged)))
        names = ("rank", "match", "picture", "words", "groups")
        found = self._outcomes[row, ranked, leading, flagged] = slots.around(
            *(names if ranked else names[2:])
        )
        return found

    def _add_groups(self, parts: list[bytes], outcome: Outcome, said: list[int]) -> None:
        rows, start = self.rows[outcome.party], 0
        for kind, (before, between, after) in self.groups:
            number = outcome.counts[kind]
            if number:
                columns = outcome.columns[start : start + number]
                parts += [before, b"%d" % number, between]
                parts += [rows[column][said[column]] for column in columns]
                parts.append(after)
                start += number
        silent = outcome.columns[start:]
        if silent:
            before, after = self.silent_group
            parts += [before, *[rows[column][said[column]] for column in silent], after]

    def _review(self, column: int, said: int) -> bytes:
        macro = get_template_attribute("components/review.html", "review")
        word = Markup(self.words[said])  # noqa: S704  # escaped above
        statement = self.catalogue.statements[column]
        answer = {code & 3: name for code, name in NAMES.items()}.get(said % TWICE)
        rendered = macro(self.catalogue, statement, word, answer, said >= TWICE)
        found = self._reviews[column, said] = slim(rendered).encode()
        return found


def said(answers: Answers) -> list[int]:
    """Return what the voter said of each statement."""
    found: list[int] = ((answers.vector & 3) + TWICE * answers.doubled).tolist()
    return found


@lru_cache(maxsize=4096)
def _counted(template: str, counts: tuple[int, ...]) -> bytes:
    """Say in words what the dots show; what the voter skipped is not counted."""
    same, half, opposite = counts[:3]
    compared = same + half + opposite
    return (
        template
        % {
            "same": same,
            "half": half,
            "opposite": opposite,
            "compared": compared,
            "silent": counts[Kind.SILENT],
        }
    ).encode()


@lru_cache(maxsize=4096)
def _place(rank: int, as_here: bool) -> bytes:
    """Write a place in the table of methods: bold where it is another than in this result."""
    if rank == 0:
        return b'<td class="number">\xe2\x80\x93</td>'
    if as_here:
        return b'<td class="number">%d</td>' % rank
    return b'<td class="number"><b>%d</b></td>' % rank
