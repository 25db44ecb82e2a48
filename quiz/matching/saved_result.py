"""A result as a file that anyone can check: writing it and recomputing it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quiz import __version__
from quiz.content.catalogue import Catalogue
from quiz.content.methods import METHODS
from quiz.matching.answers import Answers, AnswersError
from quiz.matching.kernel import Kernel, Scores, kernel_of
from quiz.translations.commands import later, tr

FORMAT: Final = "standpunt-result"
FORMAT_VERSION: Final = 1
FAULTS: Final = {
    "missing": later("This is missing."),
    "extra_forbidden": later("This does not belong here."),
}
OTHER_KIND: Final = later("A saved result has another kind of value here.")


class ResultError(Exception):
    """A file that cannot be checked; the message is for a person."""


# ranges are only in the descriptions: a number outside them is wrong, but can be checked
Share = Annotated[
    float | None, Field(examples=[0.714], json_schema_extra={"minimum": 0, "maximum": 1})
]


class PartyNumbers(BaseModel):
    """One party's numbers, unrounded."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = Field(description="The party's id.", examples=["volt"])
    rank: int | None = Field(
        json_schema_extra={"minimum": 1},
        description="1 for the first, equal for equal match (1, 2, 2, 4); null where too little is known.",
        examples=[1],
    )
    match: Share = Field(description="Orders the parties; null where not defined.")
    low: Share = Field(description="Agreement if all that is not known turned out worst.")
    high: Share = Field(description="Agreement if all that is not known turned out best.")
    agreement: Share = Field(
        description="Mean agreement on what was compared, weighted; null where nothing was."
    )
    coverage: Share = Field(description="The weight of what was compared in what was answered.")
    compared: int = Field(
        json_schema_extra={"minimum": 0},
        description="Statements answered on which the party has a position.",
        examples=[12],
    )


class SavedResult(BaseModel):
    """A saved result, as ``saved_result`` makes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal["standpunt-result"]
    format_version: Literal[1]
    quiz: str
    quiz_version: int
    content_hash: str
    standpunt: str = ""  # the program's version; files of earlier versions lack it
    method: str
    answers: dict[str, str]
    double: list[str]
    parties: list[PartyNumbers]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check.

    ``same_content``: whether the content hash is that of the catalogue. ``differences``: each
    number or name that differs from what the catalogue gives, in words.
    """

    same_content: bool
    content_hash: str
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether this content gives the same result."""
        return self.same_content and not self.differences


def party_numbers(catalogue: Catalogue, scores: Scores) -> list[dict[str, Any]]:
    """Return every party's numbers, unrounded, ranked ones first, equal ones by name.

    ``rank`` is None where too little is known, ``agreement`` None where nothing was compared.
    """

    def order(row: int) -> tuple[bool, int, str]:
        rank = int(scores.rank[row])
        return rank == 0, rank, catalogue.parties[row].name.casefold()

    return [
        {
            "id": catalogue.parties[row].id,
            "rank": int(scores.rank[row]) or None,
            "match": _number(scores.match[row]),
            "low": _number(scores.low[row]),
            "high": _number(scores.high[row]),
            "agreement": _number(scores.agreement[row]),
            "coverage": _number(scores.coverage[row]),
            "compared": int(scores.compared[row]),
        }
        for row in sorted(range(len(catalogue.parties)), key=order)
    ]


def saved_result(catalogue: Catalogue, answers: Answers, kernel: Kernel) -> dict[str, Any]:
    """Return a voter's result as data for a file: answers, content hash and numbers."""
    words, double = answers.in_words(catalogue)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "quiz": catalogue.quiz.id,
        "quiz_version": catalogue.quiz.version,
        "content_hash": catalogue.content_hash,
        "standpunt": __version__,
        "method": kernel.method.name,
        "answers": words,
        "double": double,
        "parties": party_numbers(catalogue, kernel.score(answers.codes, answers.weights)),
    }


def _number(value: np.floating[Any]) -> float | None:
    return None if np.isnan(value) else float(value)


def read_result(text: str) -> SavedResult:
    """Read a saved result. Raises ``ResultError`` with everything that is wrong with its form."""
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise ResultError(tr("The file is not valid JSON: it is nested too deep.")) from None
    except json.JSONDecodeError as error:
        text = tr(
            "The file is not valid JSON, at line %(line)s, column %(column)s.",
            line=error.lineno,
            column=error.colno,
        )
        raise ResultError(text) from None
    except ValueError:
        raise ResultError(tr("This is not a saved result: a number in it is too long.")) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ResultError(
            tr(
                "This is not a saved result: %(field)s must be %(value)s.",
                field='"format"',
                value=f'"{FORMAT}"',
            )
        )
    try:
        return SavedResult.model_validate(data)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc']))}: " + tr(FAULTS.get(fault["type"], OTHER_KIND))
            for fault in error.errors(include_url=False, include_input=False)
        ]
        raise ResultError("\n".join(faults)) from None


def verify(catalogue: Catalogue, saved: SavedResult) -> Verdict:
    """Recompute a saved result with a catalogue.

    Raises ``ResultError`` where that is impossible: an unknown method, statement or answer.
    """
    if saved.method not in METHODS:
        raise ResultError(
            "method: "
            + tr(
                "%(value)s is not one of: %(value_2)s.",
                value=repr(saved.method),
                value_2=", ".join(METHODS),
            )
        )
    try:
        answers = Answers.from_words(catalogue, saved.answers, saved.double)
    except AnswersError as error:
        raise ResultError(f"{error.field}: {error}{_other_content(catalogue, saved)}") from None
    kernel = kernel_of(catalogue, method=saved.method)
    numbers = party_numbers(catalogue, kernel.score(answers.codes, answers.weights))
    differences = _differences(
        {party["id"]: party for party in numbers},
        {party.id: party.model_dump() for party in saved.parties},
    )
    if len({party.id for party in saved.parties}) < len(saved.parties):
        differences.append(tr("parties: a party stands there twice."))
    same = saved.content_hash == catalogue.content_hash
    if same:
        differences += _names(catalogue, saved)
    return Verdict(same, catalogue.content_hash, tuple(differences))


def _differences(now: dict[str, Any], then: dict[str, Any]) -> list[str]:
    lines = [
        tr("%(party)s: in the file, but not in this content.", party=party)
        for party in then
        if party not in now
    ]
    for party, numbers in now.items():
        if party not in then:
            lines.append(tr("%(party)s: in this content, but not in the file.", party=party))
            continue
        lines += [
            tr(
                "%(party)s: %(number)s is %(then)s in the file and %(now)s when computed again.",
                party=party,
                number=name,
                then=then[party][name],
                now=value,
            )
            for name, value in numbers.items()
            if then[party][name] != value
        ]
    return lines


def _names(catalogue: Catalogue, saved: SavedResult) -> list[str]:
    """Return where the file names another quiz or version than the content with its hash."""
    pairs = {
        "quiz": (saved.quiz, catalogue.quiz.id),
        "quiz_version": (saved.quiz_version, catalogue.quiz.version),
    }
    return [
        tr(
            "%(field)s: %(then)s in the file, %(now)s in this content.",
            field=name,
            then=repr(then),
            now=repr(now),
        )
        for name, (then, now) in pairs.items()
        if then != now
    ]


def _other_content(catalogue: Catalogue, saved: SavedResult) -> str:
    if saved.content_hash == catalogue.content_hash:
        return ""
    return " " + tr(
        "The file was made with other content: its hash is %(then)s, here it is %(now)s. Name that "
        "content with --content.",
        then=f"{saved.content_hash[:16]}…",
        now=f"{catalogue.content_hash[:16]}…",
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ResultError(
            tr("The file is not clear: %(name)s stands twice in one object.", name=repr(twice))
        )
    return values


def _no_constant(name: str) -> None:
    raise ResultError(tr("The file is not valid JSON: %(name)s is not a number.", name=name))
