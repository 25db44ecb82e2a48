"""YAML text to plain data, with the place of every key and value.

The parser's events are read one by one with an explicit stack, so excessive depth or size, aliases,
tags and duplicate keys are refused early, and nothing recurses. Places are kept in arrays beside
the data: a file of a million values costs a few bytes for each, not a tuple.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from quiz.content.problems import Problem
from quiz.translations.commands import later, tr

NOTHING: Final = later("Nothing stands here.")

Path = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """Where the entries of one mapping or list are.

    ``at`` holds four numbers per entry of a mapping (line and column of the key, line and column
    of the value) and two per entry of a list, in the order of the data.
    """

    at: array[int] = field(default_factory=lambda: array("I"))
    inner: dict[str | int, Marks] = field(default_factory=dict)


@dataclass(slots=True)
class Open:
    """A mapping or list whose end has not been read.

    ``waiting``: its key has been read, but not its value. ``lost``: the value belongs to a
    duplicate key. ``merged``: a duplicate key was ``id``, so the hyphen of another entry is
    missing.
    """

    value: Any
    marks: Marks
    key: str | int = ""
    waiting: bool = False
    lost: bool = False
    merged: bool = False
    order: dict[str, int] = field(default_factory=dict)

    def index(self, key: str) -> int:
        """Return the index of a key among those read so far."""
        for at, name in enumerate(islice(self.value, len(self.order), None), len(self.order)):
            self.order[name] = at
        return self.order[key]


@dataclass
class Document:
    """One file as data: dicts, lists, texts, whole numbers, booleans and None.

    ``doubts`` are faults (path, place, message, hint) that count only where nothing else is wrong
    there. ``partial``: entries with an error were left out, so what seems missing may be in them.
    """

    file: str
    lines: list[str] = field(default_factory=list)
    data: Any = None
    marks: Marks = field(default_factory=Marks)
    start: Place = (1, 1)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[tuple[Path, Place, str, str]] = field(default_factory=list)
    partial: bool = False
    _order: dict[int, dict[str, int]] = field(default_factory=dict, repr=False, compare=False)

    def clear(self, *, partial: bool) -> None:
        """Forget what was read and reported, but keep the lines."""
        self.data, self.marks, self.start = None, Marks(), (1, 1)
        self.problems, self.doubts, self.partial = [], [], partial
        self._order.clear()

    def section(self, name: str, kind: type[Any]) -> Any:
        """Return a part of the file, or an empty one where it is missing or of another type."""
        section = self.data.get(name) if isinstance(self.data, dict) else None
        return section if isinstance(section, kind) else kind()

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Return line and column of the value at a path, or of its key.

        Where there is no such entry, the closest one above it counts.
        """
        place, data, marks = self.start, self.data, self.marks
        for depth, part in enumerate(path):
            if isinstance(data, dict) and part in data:
                index = 4 * self._at(data, part)
                key, value = marks.at[index : index + 2], marks.at[index + 2 : index + 4]
                last = depth == len(path) - 1 or not _has(data[part], path[depth + 1])
                begin = key if at_key and last else value
            elif isinstance(data, list) and isinstance(part, int) and part < len(data):
                begin = marks.at[2 * part : 2 * part + 2]
            else:
                break
            place = (begin[0], begin[1])
            data, marks = data[part], marks.inner.get(part, Marks())
        return place

    def _at(self, data: dict[Any, Any], key: str | int) -> int:
        """Return the index of a mapping's key; the indexes of all are made once."""
        order = self._order.get(id(data))
        if order is None or len(order) != len(data):
            order = self._order[id(data)] = {name: at for at, name in enumerate(data)}
        return order[str(key)]

    def lines_below(self, path: Path) -> dict[str, int]:
        """Return the line of each key of the mapping at a path; nothing where there is none."""
        data, marks = self.data, self.marks
        for part in path:
            if not _has(data, part):
                return {}
            data, marks = data[part], marks.inner.get(part, Marks())
        if not isinstance(data, dict):
            return {}
        return {key: marks.at[4 * index] for index, key in enumerate(data)}

    def name(self, path: Path) -> str:
        """Return a path in words: ``parties[volt].answers.leave-microsoft-2030``."""
        words, data = "", self.data
        for part in path:
            data = data[part] if _has(data, part) else None
            if isinstance(part, int):
                entry_id = data.get("id") if isinstance(data, dict) else None
                words += f"[{entry_id if isinstance(entry_id, str) else part}]"
            else:
                words += f".{part}" if words else part
        return words

    def say(
        self,
        path: Path,
        message: str,
        hint: str = "",
        *,
        at_key: bool = False,
        warning: bool = False,
        kind: str = "",
    ) -> None:
        """Report a fault at a path, or at the closest path above it."""
        place = self.place(path, at_key=at_key)
        self.at(place, message, hint, name=self.name(path), warning=warning, kind=kind)

    def at(
        self,
        place: Place,
        message: str,
        hint: str = "",
        *,
        name: str = "",
        warning: bool = False,
        kind: str = "",
    ) -> None:
        """Report a fault at a line and column."""
        line, column = place
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        problem = Problem(self.file, line, column, name, message, hint, text, warning, kind)
        self.problems.append(problem)

    def note_doubts(self) -> None:
        """Report the doubts as faults, except where a fault has been reported already."""
        faulty = {(problem.line, problem.column) for problem in self.problems}
        for path, place, message, hint in self.doubts:
            if place not in faulty and not (self.partial and message == NOTHING):
                self.at(place, tr(message), hint, name=self.name(path))

    def without_place(self, message: str, hint: str = "", *, warning: bool = False) -> None:
        """Report a fault of the file as a whole."""
        self.problems.append(Problem(self.file, 0, 0, "", message, hint, "", warning))


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)
