"""Problems of the content: place, fault, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from quiz.translations.commands import tr


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault.

    ``line`` and ``column`` count from 1, and are 0 where the fault has no place in the file.
    ``path`` names the entry, like ``parties[volt].answers.leave-microsoft-2030``; ``source`` is the
    whole line. Warnings of one ``kind`` are counted together, or else those with the same message.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""
    source: str = ""
    warning: bool = False
    kind: str = ""

    @property
    def place(self) -> str:
        """``file:line:column``, which editors and terminals understand."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class ContentError(Exception):
    """Content that does not pass the check, with every fault that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        others = len(self.problems) - 1
        more = " " + tr("(and %(count)s more)", count=others) if others else ""
        super().__init__(f"{first.place}: {first.message}{more}")


def near_miss(word: str, known: Iterable[str]) -> str:
    """Return the known word closest to this one, or "" where none is close."""
    near = get_close_matches(word[:100], sorted(set(known)), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the closest known word, or with all of them where they are few.

    >>> did_you_mean("positoin", ["position", "explicit"])
    "Did you mean 'position'?"
    >>> did_you_mean("zzz", ["nl", "en"])
    'Known here: en, nl.'

    """
    words = sorted(set(known))
    near = near_miss(word, words)
    if near:
        return meant(near)
    if 0 < len(words) <= 8:
        return tr("Known here: %(words)s.", words=", ".join(words))
    return ""


def meant(word: str) -> str:
    """Return the hint “did you mean …”."""
    return tr("Did you mean %(word)s?", word=repr(word))
