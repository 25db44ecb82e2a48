"""YAML text to plain data with the place of every key and value.

The parser's events are read one by one with a stack of our own, so depth, size, aliases, tags and
equal keys are refused before anything grows from them, and nothing recurses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from quiz.content.problems import Problem

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # the same behaviour, slower
    from yaml import BaseLoader as Loader  # type: ignore[assignment]

MAX_BYTES: Final = 8_000_000
MAX_DEPTH: Final = 12
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
SWITCHES: Final = frozenset({"yes", "no", "on", "off", "y", "n"})
BOOLEANS: Final = {"true": True, "false": False}
NULLS: Final = frozenset({"", "~", "null"})
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff]")

Path = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass
class Document:
    """One file as data. ``places`` maps a path to its value's place, ``keys`` to its key's."""

    file: str
    lines: list[str]
    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(
        self,
        path: Path,
        message: str,
        hint: str = "",
        *,
        at_key: bool = False,
        warning: bool = False,
    ) -> None:
        """Note a fault at a path, or at the nearest path above it that has a place."""
        found: Place | None = None
        for length in range(len(path), -1, -1):
            short = path[:length]
            found = (self.keys.get(short) if at_key else None) or self.places.get(short)
            if found:
                break
        self.at(found or (1, 1), message, hint, path=path, warning=warning)

    def at(
        self, place: Place, message: str, hint: str = "", *, path: Path = (), warning: bool = False
    ) -> None:
        """Note a fault at a line and column."""
        line, column = place
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        name = ".".join(str(part) for part in path)
        self.problems.append(
            Problem(self.file, line, column, name, message, hint, text, warning)
        )


@dataclass
class _Open:
    """A mapping or list whose end has not been read."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    waiting: bool = False

    @property
    def next_path(self) -> Path:
        if isinstance(self.value, list):
            return (*self.path, len(self.value))
        return (*self.path, self.key or "")


def read(file: str, raw: bytes) -> Document:
    """Read one file. Faults are noted in the document; data that could be read is kept."""
    document = Document(file, [])
    if len(raw) > MAX_BYTES:
        document.problems.append(
            Problem(file, 0, 0, "", f"The file is larger than {MAX_BYTES // 1_000_000} MB.",
                    "Split the quiz, or take out what does not belong here.")
        )
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        document.lines = raw.decode("utf-8", "replace").splitlines()
        document.at((line, 1), "The file is not UTF-8 text.", "Save it as UTF-8.")
        return document
    document.lines = text.splitlines()
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        document.at((line, column), f"Control character U+{ord(found[0]):04X}.", "Take it out.")
        return document
    try:
        _build(document, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.at(
            (min(place[0], max(len(document.lines), 1)), place[1]),
            f"This is not valid YAML: {error.problem or error.context}.",
            "Look at indentation, quotes and colons here and on the line before.",
        )
        document.data = None
    except yaml.YAMLError as error:
        document.at((1, 1), f"This is not valid YAML: {error}.")
        document.data = None
    return document


def _build(document: Document, text: str) -> None:
    stack: list[_Open] = []
    documents = 0
    for event in yaml.parse(text, Loader=Loader):
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                document.at(place, "A second document starts here.", "Take out the line ‘---’.")
                return
        elif isinstance(event, yaml.AliasEvent):
            document.at(place, f"Aliases (*{event.anchor}) are not used here.", "Write it out.")
            _put(document, stack, None, place)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _refuse_extras(document, event, place)
            if len(stack) >= MAX_DEPTH:
                document.at(place, f"Nested deeper than {MAX_DEPTH} levels.", "Use fewer levels.")
                document.data = None
                return
            fresh: dict[str, Any] | list[Any] = (
                {} if isinstance(event, yaml.MappingStartEvent) else []
            )
            if stack and isinstance(stack[-1].value, dict) and not stack[-1].waiting:
                document.at(place, "A key must be a single word.", "Put a word before the colon.")
                stack[-1].key, stack[-1].waiting = "", True
            path = stack[-1].next_path if stack else ()
            _put(document, stack, fresh, place)
            stack.append(_Open(fresh, path))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            _refuse_extras(document, event, place)
            if stack and isinstance(stack[-1].value, dict) and not stack[-1].waiting:
                _open_key(document, stack[-1], event, place)
            else:
                _put(document, stack, _scalar(document, event, place), place)


def _refuse_extras(document: Document, event: Any, place: Place) -> None:
    if event.anchor is not None:
        document.at(place, f"Anchors (&{event.anchor}) are not used here.", "Take it out.")
    if event.tag not in {None, "!"}:
        document.at(place, f"Tags ({event.tag}) are not used here.", "Take it out.")


def _open_key(document: Document, mapping: _Open, event: Any, place: Place) -> None:
    key = str(event.value)
    path = (*mapping.path, key)
    if isinstance(mapping.value, dict) and key in mapping.value:
        first = document.keys[path][0]
        document.at(
            place, f"The key {key!r} stands here twice; the first is on line {first}.",
            "Keep one of the two.", path=path,
        )
    else:
        document.keys[path] = place
    mapping.key, mapping.waiting = key, True


def _put(document: Document, stack: list[_Open], value: Any, place: Place) -> None:
    if not stack:
        document.data = value
        document.places[()] = place
        return
    top = stack[-1]
    document.places.setdefault(top.next_path, place)
    if isinstance(top.value, list):
        top.value.append(value)
    else:
        top.value.setdefault(top.key or "", value)
        top.key, top.waiting = None, False


def _scalar(document: Document, event: Any, place: Place) -> Any:
    text = str(event.value)
    if not event.implicit[0]:  # quoted, or a block: a text as it stands
        return text
    if text.lower() in SWITCHES:
        document.at(
            place, f"Unquoted {text!r} means true or false to many programs.",
            f'Write "{text}" in quotes.',
        )
        return text
    if text.lower() in NULLS:
        return None
    if text.lower() in BOOLEANS:
        return BOOLEANS[text.lower()]
    return int(text) if INTEGER.fullmatch(text) else text
