"""What a result page shows that does not depend on the voter, rendered once per language.

A row under a party is the same for every voter but for the voter's own answer, so it is kept for
each answer that there is; a request picks rows and joins them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from enum import IntEnum
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup, escape

from quiz.content.catalogue import NAMES, NONE, Catalogue
from quiz.matching.answers import SAID, TWICE, Answers
from quiz.matching.insight import Deciding, Methods
from quiz.matching.results import Outcome, Result
from quiz.web.display import position_word, words_template
from quiz.web.i18n import decimal_mark, gettext, ngettext
from quiz.web.voter.dots import WIDEST, Picture, picture
from quiz.web.voter.rows import Layout, Rows
from quiz.web.voter.slots import Names, Slots, slim

DASH = "–".encode()


class Standing(IntEnum):
    """How a party stands in the order, which decides what its part of the page has."""

    UNRANKED = 0
    BEHIND = 1
    ALONE = 2  # it leads
    ONE_OF_SEVERAL = 3  # that lead and cannot be told apart


class Fragments:
    """The pieces of one catalogue in one language.

    What a voter *said* of a statement is a number from 0 to 7, as in ``quiz.matching.answers.Answers.said``.
    """

    def __init__(self, catalogue: Catalogue, layout: Layout) -> None:
        self.catalogue = catalogue
        self.decimal = decimal_mark().encode()
        words = {code: str(escape(position_word(NAMES[code]))) for code in NAMES}
        words[NONE] = str(escape(gettext("Skipped")))
        twice = str(escape(gettext("counts double")))
        order = sorted(words, key=lambda code: code & 3)
        self.words = [words[code] for code in order]
        self.words += [f"{word}, {twice}" for word in self.words]
        self.names = [str(escape(party.name)) for party in catalogue.parties]
        self.joined = str(escape(gettext("%(some)s and %(last)s")))
        self.rows = Rows(catalogue, layout, self.words)
        self.counted = words_template()
        said = get_template_attribute("components/outcome.html", "in_words")
        self._said = Slots(slim(said(Names())))
        self._words = lru_cache(maxsize=4096)(self._say)
        self._picture = lru_cache(maxsize=4096)(self._draw)
        self._numbers = [b"%d" % number for number in range(max(WIDEST, len(self.names)) + 1)]
        self._percent = lru_cache(maxsize=4096)(self._say_match)
        self._outcomes: list[dict[int, tuple[bytes, ...]]] = [{} for _ in Standing]
        self._reviews: list[list[bytes | None]] = [[None] * SAID for _ in catalogue.statements]
        self._bases: dict[int, bytes] = {}
        self.frames: dict[Hashable, Slots] = {}
        deciding = get_template_attribute("components/sure.html", "deciding")
        self._deciding = [
            (
                slim(deciding(statement, Names(), changes=False)).encode(),
                *Slots(slim(deciding(statement, Names(), changes=True))).around("first"),
            )
            for statement in catalogue.statements
        ]
        ranks = get_template_attribute("components/sure.html", "ranks")
        self._ranks = [
            Slots(slim(ranks(party, Names()))).around("ranks") for party in catalogue.parties
        ]

    def order(
        self, outcomes: Sequence[Outcome], rows: list[list[bytes]], *, several: bool
    ) -> list[bytes]:
        """Return these parties' parts of the page; ``several`` parties lead where it says so."""
        parts: list[bytes] = []
        kept, picture, percent = self._outcomes, self._picture, self._percent
        numbers = self._numbers
        lead = Standing.ONE_OF_SEVERAL if several else Standing.ALONE
        for party, rank, leading, match, low, high, counts in outcomes:
            standing = lead if leading else Standing.BEHIND if rank else Standing.UNRANKED
            at = kept[standing].get(party) or self._outcome(party, standing)
            at_rank, at_match, at_picture, at_rows, end = at
            if rank:
                parts += (at_rank, numbers[rank], at_match, percent(match))
            width, at_low, at_start, at_width, below = picture(counts)
            first, last = int(width * low), int(width * high)
            parts += (
                at_picture, at_low, numbers[first], at_start, numbers[first], at_width,
                numbers[last - first], below, at_rows,
            )  # fmt: skip
            parts += rows[party]
            parts.append(end)
        return parts

    def review(self, said: bytes) -> list[bytes]:
        """Return the voter's answers, each to be changed."""
        return [
            kept[one] or self._review(column, one)
            for column, (kept, one) in enumerate(zip(self._reviews, said, strict=True))
        ]

    def deciding(self, found: Sequence[Deciding]) -> list[bytes]:
        """Return a line for each answer that matters most for the order."""
        parts: list[bytes] = []
        for column, first in found:
            same_first, before, after = self._deciding[column]
            parts += (before, self.named(first), after) if first else (same_first,)
        return parts

    def ranks(self, methods: Methods, result: Result) -> list[bytes]:
        """Return a line for each party with its place under the methods side by side."""
        by_party = list(zip(*methods.ranks, strict=True))
        parts: list[bytes] = []
        for outcome in (*result.ranked, *result.unranked):
            before, after = self._ranks[outcome.party]
            parts += (before, _places(by_party[outcome.party]), after)
        return parts

    def named(self, parties: Sequence[int]) -> bytes:
        """Join the names of parties as a sentence does: “A, B and C”."""
        names = [self.names[party] for party in parties]
        if len(names) < 2:
            return "".join(names).encode()
        return (self.joined % {"some": ", ".join(names[:-1]), "last": names[-1]}).encode()

    def basis(self, answered: int) -> bytes:
        """Say on how many answers a result rests."""
        found = self._bases.get(answered)
        if found is None:
            words = ngettext(
                "This rests on %(num)d answer.", "This rests on %(num)d answers.", answered
            )
            found = self._bases[answered] = str(escape(words)).encode()
        return found

    def in_words(self, answers: Answers) -> list[Markup]:
        """Return the voter's answer to each statement in words."""
        return [Markup(self.words[one]) for one in answers.said]  # noqa: S704  # escaped above

    def _outcome(self, row: int, standing: Standing) -> tuple[bytes, ...]:
        party = self.catalogue.parties[row]
        macro = get_template_attribute("components/outcome.html", "outcome_item")
        ranked, flagged = standing != Standing.UNRANKED, standing == Standing.ONE_OF_SEVERAL
        leading = flagged or standing == Standing.ALONE
        slots = Slots(slim(macro(self.catalogue, party, Names(), ranked, leading, flagged)))
        parts = (
            slots.around("rank", "match", "picture", "groups")
            if ranked
            else [b"", b"", *slots.around("picture", "groups")]
        )
        found = self._outcomes[standing][row] = tuple(parts)
        return found

    def _say_match(self, match: float) -> bytes:
        return (b"%.1f" % (100 * match)).replace(b".", self.decimal)

    def _draw(self, counts: tuple[int, ...]) -> Picture:
        """Draw how a party stands, and say it below; what the voter skipped is not counted."""
        answered, same, half, opposite = (
            twice + once for twice, once in zip(counts[::2], counts[1::2], strict=True)
        )
        drawn = picture(counts)
        words = self._words(same, half, opposite, answered - same - half - opposite)
        return drawn._replace(frame=drawn.frame + words)

    def _say(self, same: int, half: int, opposite: int, silent: int) -> bytes:
        words = self.counted % {
            b"same": same,
            b"half": half,
            b"opposite": opposite,
            b"compared": same + half + opposite,
            b"silent": silent,
        }
        return self._said.fill(words=words)

    def _review(self, column: int, said: int) -> bytes:
        macro = get_template_attribute("components/review.html", "review")
        word = Markup(self.words[said])  # noqa: S704  # escaped above
        statement = self.catalogue.statements[column]
        answer = {code & 3: name for code, name in NAMES.items()}.get(said % TWICE)
        rendered = macro(statement, word, answer, said >= TWICE)
        found = self._reviews[column][said] = slim(rendered).encode()
        return found


@lru_cache(maxsize=4096)
def _places(ranks: tuple[int, ...]) -> bytes:
    """Write a party's places, bold where it is another than in this result."""
    cells = [
        DASH if rank == 0 else b"%d" % rank if rank == ranks[0] else b"<b>%d</b>" % rank
        for rank in ranks
    ]
    return b"".join([b"<td class=number>%s" % cell for cell in cells])
