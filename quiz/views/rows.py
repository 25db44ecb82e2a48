"""The rows under each party on a result page: what it says of each statement, with its quotes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from flask import get_template_attribute
from markupsafe import Markup

from quiz.content.catalogue import NONE, Catalogue
from quiz.results import FOUND, Result
from quiz.views.display import kinds
from quiz.views.slots import Names, Slots, slim


class Rows:
    """All rows of a catalogue in one language, and the heads above and the feet below them.

    A page is a choice of them, made for all parties at once: a sort puts a head before the rows of
    its kind, and a foot behind them. There is a row for each of the 8 things that a voter can have
    said, a head and a foot for each number of rows.

    ``words``: what the voter said, in words, in the order of ``Answers.said``.
    """

    def __init__(self, catalogue: Catalogue, words: list[str]) -> None:
        row = get_template_attribute("components/evidence.html", "row")
        said = [word.encode() for word in words]
        pieces = [
            piece
            for party in catalogue.parties
            for statement in catalogue.statements
            if (position := party.positions.get(statement.id))
            for piece in _each(row(party, statement, position, Names()), said)
        ]
        first_head, numbers = len(pieces), range(1, len(catalogue.statements) + 1)
        group = get_template_attribute("components/outcome.html", "group")
        foot = b""
        for name, title in kinds():
            slots = Slots(slim(group(name, title, Names())))
            head, middle, foot = slots.around("count", "rows")
            pieces += [b"", *[b"%s%d%s" % (head, number, middle) for number in numbers]]
        first_foot = len(pieces)
        pieces += [b"", *[foot] * len(numbers)]
        self._pieces = np.array(pieces, np.object_)
        parties = len(catalogue.parties)
        groups = 4 * np.arange(parties * FOUND)  # a head, double rows, other rows, a foot
        self._around = np.concatenate([groups, groups + 3])
        self._places = np.stack([groups + 1, groups + 2], axis=1).ravel()
        heads = first_head + np.tile(np.arange(FOUND) * (len(numbers) + 1), parties)
        self._none = np.stack([heads, np.full_like(heads, first_foot)])  # where there are no rows
        known = np.count_nonzero(catalogue.matrix != NONE, axis=1) + 2 * FOUND
        ends = np.cumsum(known).tolist()
        self._spans = list(pairwise([0, *ends]))

    def of(self, result: Result) -> list[list[bytes]]:
        """Return each party's pieces, in the order of the catalogue's parties."""
        number = result.counts[:, 0] + result.counts[:, 1]
        chosen = np.concatenate([result.rows, (self._none + number).ravel()])
        places = np.concatenate([self._places.take(result.groups), self._around])
        in_order = chosen.take(places.argsort(kind="stable"))
        pieces: list[bytes] = self._pieces.take(in_order).tolist()
        return [pieces[start:end] for start, end in self._spans]


def _each(row: Markup, words: list[bytes]) -> list[bytes]:
    before, after = Slots(slim(row)).around("said")
    return [before + word + after for word in words]
