"""Which column is what: an answer, a weight, or something to keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from quiz.batch.problems import BatchError
from quiz.content.catalogue import Catalogue
from quiz.translations.commands import tr

WEIGHT: Final = ":weight"
COLUMNS: Final = (
    "match", "rank", "leading", "low", "high", "agreement", "coverage", "compared",
)  # fmt: skip
"""What can be written for each party, in the order of the file."""
WHOLE: Final = ("answered", "first")
"""What is written once per row."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``answers`` and ``weights``: (statement, column) pairs; ``keep``: columns, in order.

    ``statements``: their number; ``absent``: the ids of those without a column.
    """

    statements: int
    answers: tuple[tuple[int, int], ...]
    weights: tuple[tuple[int, int], ...]
    keep: tuple[int, ...]
    absent: tuple[str, ...]
    header: tuple[str, ...]

    @property
    def coded(self) -> tuple[str, ...]:
        """The names of the columns of answers that are not kept."""
        return tuple(self.header[column] for _, column in self.answers if column not in self.keep)


def plan(
    catalogue: Catalogue,
    header: Sequence[str],
    keep: Sequence[str],
    source: Path,
    *,
    drop_others: bool = False,
) -> Plan:
    """Give every column its role; ``drop_others`` ignores columns without one.

    Otherwise raises ``BatchError``, naming every column without a role.
    """
    columns = catalogue.statement_index
    faults = _faults(catalogue, header, keep)
    if not drop_others:
        faults += _others(catalogue, header, keep)
    places = {name: at for at, name in enumerate(header)}
    answers = tuple((columns[name], at) for name, at in places.items() if name in columns)
    if not answers and not faults:
        faults.append(tr("No column is a statement. Its header must be a statement's id."))
    if faults:
        raise BatchError(
            "\n".join(
                tr("%(file)s, header: %(fault)s", file=source, fault=fault) for fault in faults
            )
        )
    return Plan(
        statements=len(columns),
        answers=answers,
        weights=tuple(
            (columns[name.removesuffix(WEIGHT)], at)
            for name, at in places.items()
            if name.endswith(WEIGHT) and name.removesuffix(WEIGHT) in columns
        ),
        keep=tuple(places[name] for name in keep),
        absent=tuple(name for name in columns if name not in places),
        header=tuple(header),
    )


def _faults(catalogue: Catalogue, header: Sequence[str], keep: Sequence[str]) -> list[str]:
    made = {f"{measure}:{party.id}" for measure in COLUMNS for party in catalogue.parties}
    named = {*catalogue.statement_index, *keep}
    faults = [
        tr("Column %(name)s stands there %(count)s times.", name=repr(name), count=n)
        for name, n in Counter(header).items()
        if n > 1 and name.removesuffix(WEIGHT) in named
    ]
    faults += [f"--keep {name}: {_missing(name, header)}" for name in keep if name not in header]
    faults += [
        tr("%(option)s: the scores have a column of that name.", option=f"--keep {name}")
        for name in keep
        if name in made or name in WHOLE
    ]
    return faults


def _others(catalogue: Catalogue, header: Sequence[str], keep: Sequence[str]) -> list[str]:
    columns, faults = catalogue.statement_index, []
    for name in header:
        statement = name.removesuffix(WEIGHT)
        if name in columns or name in keep:
            continue
        if name == statement or statement not in columns:
            faults.append(_unknown(name, columns))
        elif statement not in header:
            faults.append(
                tr(
                    "%(name)s is a weight without answers: column %(column)s is missing.",
                    name=repr(name),
                    column=repr(statement),
                )
            )
    return faults


def _missing(name: str, header: Sequence[str]) -> str:
    near = get_close_matches(name, header, 1)
    return tr("There is no such column.") + _meant(near)


def _unknown(name: str, ids: Collection[str]) -> str:
    near = get_close_matches(name, [*ids, *(f"{known}{WEIGHT}" for known in ids)], 1, 0.7)
    if near:
        return tr("%(name)s is not a statement.", name=repr(name)) + _meant(near)
    return tr(
        "%(name)s is not a statement. To carry the column over unchanged: %(keep)s; to leave out all "
        "others: --drop-others.",
        name=repr(name),
        keep=f"--keep {name!r}",
    )


def _meant(near: Sequence[str]) -> str:
    return " " + tr("Did you mean %(word)s?", word=repr(near[0])) if near else ""
