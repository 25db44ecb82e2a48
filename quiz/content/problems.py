"""What can be wrong with content, and how it is told: place, fault, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from quiz.translations.commands import tr


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault.

    ``line`` and ``column`` count from 1 and are 0 where the file has no such place. ``path`` names
    the entry, like ``parties[volt].answers.leave-microsoft-2030``; ``source`` is the whole line.
    Warnings of one ``kind`` are counted together; without one, those of the same words are.
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
        """``file:line:column``, as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class ContentError(Exception):
    """Content that does not pass the check, with every fault that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{first.place}: {first.message}{more}")


def near_miss(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to this one, or "" where none is near."""
    near = get_close_matches(word[:100], sorted(set(known)), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the known word nearest to this one, or the few that there are.

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
    """Ask whether this is what was meant."""
    return tr("Did you mean %(word)s?", word=repr(word))
