"""YAML text to plain data, with the place of every key and value.

The parser's events are read one by one with a stack of our own, so depth, size, aliases, tags and
equal keys are refused before anything grows from them, and nothing recurses. Places lie in arrays
beside the data: a file of a million values costs a few bytes for each, not a tuple.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from quiz.content.problems import Problem

MAX_BYTES: Final = 40_000_000
"""200 statements × 200 parties × 3 quotes make 27 MB."""

MAX_DEPTH: Final = 12

Path = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """Where the entries of one mapping or list are.

    ``at`` holds four numbers an entry of a mapping (line and column of the key, line and column
    of the value) and two an entry of a list, in the order of the data.
    """

    at: array[int] = field(default_factory=lambda: array("I"))
    inner: dict[str | int, Marks] = field(default_factory=dict)


@dataclass
class Document:
    """One file as data: dicts, lists, texts, whole numbers, booleans and None."""

    file: str
    lines: list[str] = field(default_factory=list)
    data: Any = None
    marks: Marks = field(default_factory=Marks)
    start: Place = (1, 1)
    problems: list[Problem] = field(default_factory=list)
    switches: list[tuple[Path, str, Place]] = field(default_factory=list)

    def section(self, name: str, kind: type[Any]) -> Any:
        """Return a part of the file, or an empty one where it is missing or of another kind."""
        found = self.data.get(name) if isinstance(self.data, dict) else None
        return found if isinstance(found, kind) else kind()

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Return line and column of the value at a path, or of its key.

        Where there is no such entry, the nearest one above it counts.
        """
        place, data, marks = self.start, self.data, self.marks
        for depth, part in enumerate(path):
            if isinstance(data, dict) and part in data:
                index = 4 * list(data).index(part)
                key, value = marks.at[index : index + 2], marks.at[index + 2 : index + 4]
                last = depth == len(path) - 1 or not _has(data[part], path[depth + 1])
                found = key if at_key and last else value
            elif isinstance(data, list) and isinstance(part, int) and part < len(data):
                found = marks.at[2 * part : 2 * part + 2]
            else:
                break
            place = (found[0], found[1])
            data, marks = data[part], marks.inner.get(part, Marks())
        return place

    def name(self, path: Path) -> str:
        """Return a path in words: ``parties[volt].answers.leave-microsoft-2030``."""
        words, data = "", self.data
        for part in path:
            data = data[part] if _has(data, part) else None
            if isinstance(part, int):
                given = data.get("id") if isinstance(data, dict) else None
                words += f"[{given if isinstance(given, str) else part}]"
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
    ) -> None:
        """Note a fault at a path, or at the nearest path above it."""
        place = self.place(path, at_key=at_key)
        self.at(place, message, hint, name=self.name(path), warning=warning)

    def at(
        self, place: Place, message: str, hint: str = "", *, name: str = "", warning: bool = False
    ) -> None:
        """Note a fault at a line and column."""
        line, column = place
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(Problem(self.file, line, column, name, message, hint, text, warning))

    def without_place(self, message: str, hint: str = "") -> None:
        """Note a fault of the file as a whole."""
        self.problems.append(Problem(self.file, 0, 0, "", message, hint))


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def explain(error: yaml.MarkedYAMLError) -> tuple[Place, str, str]:
    """Return the place of a YAML error, what is wrong, and what would be right."""
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = str(error.problem or error.context or "not readable")
    hint = "Look at the indentation, quotes and colons on this line and the one before."
    if "mapping values are not allowed" in said:
        hint = 'A text with a colon needs quotes: "Zo: dan". Or the indentation is off.'
    elif "start any token" in said:
        hint = (
            "Indent with spaces, not with tabs."
            if "'\\t'" in said or "\t" in said
            else "A text that starts with this character needs quotes."
        )
    elif "quoted scalar" in str(error.context):
        hint = 'A quotation mark opens here and does not close. Use \\" inside “double” quotes.'
    elif "did not find expected" in said and "indicator" not in said:
        hint = "The indentation is off, or a text needs quotes. Look at the line before, too."
    return place, f"This is not valid YAML: {said}.", hint
