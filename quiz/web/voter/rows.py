"""The rows under each party on a result page: what it says of each statement, with its quotes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from flask import get_template_attribute
from markupsafe import Markup

from quiz.content.catalogue import NONE, Catalogue
from quiz.matching.answers import SAID
from quiz.matching.results import FOUND, Evidence
from quiz.web.display import kinds
from quiz.web.voter.slots import Names, Slots, slim


class Layout:
    """Where the pieces of a catalogue stand, in any language, and which of them make up a page.

    First the rows, one for each of the 8 things that a voter can have said of a position; then for
    each kind a head for each number of rows, from none; then as many feet.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        parties, self.numbers = len(catalogue.parties), len(catalogue.statements) + 1
        known = np.count_nonzero(catalogue.matrix != NONE, axis=1)
        kinds = np.arange(parties * FOUND)
        first_head = SAID * int(known.sum())
        heads = first_head + kinds % FOUND * self.numbers
        feet = np.full_like(heads, first_head + FOUND * self.numbers)
        self._around = np.concatenate([heads, feet])
        # in each group a head, double rows, other rows, a foot
        places = 4 * kinds.astype(np.min_scalar_type(4 * len(kinds)))  # short numbers sort faster
        self._places_around = np.concatenate([places, places + 3])
        self._places = np.stack([places + 1, places + 2], axis=1).ravel()
        self.spans = list(pairwise([0, *np.cumsum(known + 2 * FOUND).tolist()]))

    def of(self, evidence: Evidence) -> npt.NDArray[np.int64]:
        """Return the numbers of each voter's pieces, in their order, int64 of shape (V, pieces).

        A sort puts a head before the rows of its kind, and a foot behind them.
        """
        number = evidence.counts[:, ::2] + evidence.counts[:, 1::2]
        around = self._around + np.concatenate([number, number], axis=1)
        chosen = np.concatenate([evidence.said, around], axis=1)
        places = np.empty(chosen.shape, self._places.dtype)
        places[:, : -len(self._around)] = self._places.take(evidence.groups)
        places[:, -len(self._around) :] = self._places_around
        in_order = places.argsort(axis=1, kind="stable")
        in_order += chosen.shape[1] * np.arange(len(chosen))[:, None]
        return chosen.take(in_order)


class Rows:
    """All rows of a catalogue in one language, and the heads above and the feet below them.

    ``words``: what the voter said, in words, in the order of ``Answers.said``.
    """

    def __init__(self, catalogue: Catalogue, layout: Layout, words: list[str]) -> None:
        row = get_template_attribute("components/evidence.html", "row")
        said = [word.encode() for word in words]
        pieces = [
            piece
            for party in catalogue.parties
            for statement in catalogue.statements
            if (position := party.positions.get(statement.id))
            for piece in _each(row(party, statement, position, Names()), said)
        ]
        group = get_template_attribute("components/outcome.html", "group")
        foot = b""
        numbers = range(1, layout.numbers)
        for name, title in kinds():
            slots = Slots(slim(group(name, title, Names())))
            head, middle, foot = slots.around("count", "rows")
            pieces += [b"", *[b"%s%d%s" % (head, number, middle) for number in numbers]]
        pieces += [b"", *[foot] * len(numbers)]
        self._pieces = np.array(pieces, np.object_)
        self._spans = layout.spans

    def of(self, numbers: npt.NDArray[np.int64]) -> list[list[bytes]]:
        """Return each party's pieces, in the order of the catalogue's parties, by their numbers."""
        pieces: list[bytes] = self._pieces.take(numbers).tolist()
        return [pieces[start:end] for start, end in self._spans]


def _each(row: Markup, words: list[bytes]) -> list[bytes]:
    before, after = Slots(slim(row)).around("said")
    return [before + word + after for word in words]
