"""From bytes to a marked document: what YAML allows and this project does not is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from quiz.content.yaml.encoding import CONTROL, decode
from quiz.content.yaml.marked import MAX_BYTES, MAX_DEPTH, NOTHING, Document, Marks, Path, Place
from quiz.content.yaml.plain_words import BOOLEANS, INTEGER, NULLS, SWITCHES
from quiz.content.yaml.recovery import recover
from quiz.content.yaml.syntax_faults import explain

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # the same behaviour, slower
    from yaml import BaseLoader as Loader  # type: ignore[assignment]

QUOTES: Final = frozenset({'"', "'"})
OURS: Final = re.compile(
    r"\s*(?:- +)?\{?(?:id|status|theme|text|explanation|argument_(?:for|against)|name|long_name|color"
    r"|url|searched|answers|position|explicit|quotes|source|page|summary|edition|title|[a-z]{2}):\s"
)
"""A line that opens with a key of the two files."""

HASH: Final = re.compile(r"\s+#[^\s#!-]")
HASHES: Final = re.compile(r"\S[ \t]+#[^\s#!-]")
TAKE_OUT: Final = "Take it out; a text that starts with & or ! needs quotes."


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read. ``waiting``: its key has come, not its value.

    ``lost`` says that the value belongs to a key that stood there already, ``merged`` that this was
    so of an id: another entry has begun without its hyphen.
    """

    value: Any
    marks: Marks
    key: str | int = ""
    waiting: bool = False
    lost: bool = False
    merged: bool = False


class _StopError(Exception):
    """A fault after which the rest of the file cannot be read with any sense."""


def read(file: str, raw: bytes) -> Document:
    """Read one file. Faults are noted in the document; what could be read is kept."""
    document = Document(file)
    if len(raw) > MAX_BYTES:
        document.without_place(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB.",
            "Take out what does not belong here, or split the quiz in two.",
        )
        return document
    text = decode(document, raw)
    if text is None:
        return document
    document.lines = text.splitlines()
    try:
        _Reader(document).read(text)
    except _StopError:
        document.data = None
    except yaml.MarkedYAMLError as error:
        _recover(document, text, error)
    except yaml.YAMLError as error:
        document.without_place(f"This is not valid YAML: {' '.join(str(error).split())}.")
        document.data = None
    return document


def _recover(document: Document, text: str, error: yaml.MarkedYAMLError) -> None:
    """Note the errors of all entries, and keep the entries without one."""
    noted = list(document.problems)
    faults, rest = recover("\n".join(document.lines), Loader)
    document.clear(partial=True)
    try:
        _Reader(document).read(rest)
    except (_StopError, yaml.YAMLError):
        faults = []
    if not faults:
        document.clear(partial=True)
        document.problems += noted
        faults = [explain(error, document.lines)]
    for place, message, hint in faults:
        document.at(place, message, hint)


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Open] = []
        self.hashes: frozenset[int] = frozenset()

    def read(self, text: str) -> None:
        if HASHES.search(text):
            lines = enumerate(self.document.lines, 1)
            self.hashes = frozenset(number for number, line in lines if HASHES.search(line))
        documents = 0
        for event in yaml.parse(text, Loader=Loader):
            kind = type(event)
            mark: Any = event.start_mark
            place = (mark.line + 1, mark.column + 1)
            if kind is yaml.ScalarEvent:
                self._scalar(event, place)
            elif kind is yaml.MappingStartEvent:
                self._start({}, event, place)
            elif kind is yaml.SequenceStartEvent:
                self._start([], event, place)
            elif kind in {yaml.MappingEndEvent, yaml.SequenceEndEvent}:
                self.stack.pop()
            elif kind is yaml.AliasEvent:
                self._alias(event, place)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._say(place, "A second document starts here.", "Take out the line ‘---’.")
                    raise _StopError

    def _scalar(self, event: Any, place: Place) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, place)
        text = event.value
        if not text.isprintable():
            found = CONTROL.search(text)
            if found:
                self._say(
                    place,
                    f"This text holds the control character U+{ord(found[0]):04X}.",
                    "Take the escape out.",
                )
        if event.end_mark.line > event.start_mark.line and event.style in QUOTES:
            self._swallowed(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and not top.waiting and type(top.value) is dict:
            self._key(top, text, place)
        elif not event.implicit[0]:
            self._put(text, place)
        elif text == "" and top is not None and self._without_colon(top, place):
            top.waiting = False
        else:
            if text and place[0] in self.hashes:
                self._cut(event.end_mark)
            self._put(self._plain(text, place), place)

    def _swallowed(self, event: Any) -> None:
        """Refuse a text in quotes that has keys of ours in it: its closing mark is missing."""
        first, last = event.start_mark.line + 1, event.end_mark.line + 1
        if any(OURS.match(line) for line in self.document.lines[first:last]):
            said = f"a quotation mark opens here, and the next one is on line {last}"
            raise yaml.MarkedYAMLError(problem=said, problem_mark=event.start_mark)

    def _without_colon(self, top: _Open, place: Place) -> bool:
        """Drop a key that has no colon: what follows a comma in a text within brackets."""
        before = self._line(place)[: place[1] - 1].rstrip()
        if type(top.value) is not dict or top.lost or before.endswith((":", "?")):
            return False
        self._say(
            (top.marks.at.pop(-2), top.marks.at.pop()),
            f"{str(top.key)[:60]!r} stands here without a colon.",
            "A comma within {…} ends a text: put the whole text in quotes.",
        )
        return True

    def _cut(self, end: Any) -> None:
        """Warn where a text without quotes ends at a # that may belong to it."""
        line, column = end.line + 1, end.column + 1
        rest = self._line((line, column))[column - 1 :]
        start = column + len(rest) - len(rest.lstrip())
        if HASH.match(rest):
            message = "The text ends here: a # after a space starts a comment."
            hint = "Put the text in quotes if this belongs to it; else write a space after the #."
            self._say((line, start), message, hint, warning=True)

    def _plain(self, text: str, place: Place) -> Any:
        """Return what an unquoted value stands for."""
        if INTEGER.fullmatch(text):
            return int(text)
        if len(text) > 5:
            return text
        small = text.lower()
        if small in NULLS:
            hint = self._comment(place) or "Fill it in, or drop the key."
            self._doubt(place, NOTHING, hint)
            return None
        if small in BOOLEANS:
            return BOOLEANS[small]
        if small in SWITCHES:
            message = f"Unquoted {text!r} means true or false to many programs."
            self._doubt(place, message, f'Write "{text}" in quotes.')
        return text

    def _comment(self, place: Place) -> str:
        """Return a hint where a value is empty because # starts a comment."""
        rest = self._line(place)[place[1] - 1 :].strip()
        return f'A # starts a comment. Write "{rest}" in quotes.' if rest[:1] == "#" else ""

    def _line(self, place: Place) -> str:
        lines = self.document.lines
        return lines[place[0] - 1] if place[0] <= len(lines) else ""

    def _doubt(self, place: Place, message: str, hint: str) -> None:
        self.document.doubts.append((self._path(), place, message, hint))

    def _start(self, value: Any, event: Any, place: Place) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, place)
        if len(self.stack) >= MAX_DEPTH:
            self._say(place, f"This lies deeper than {MAX_DEPTH} levels.", "Use fewer levels.")
            raise _StopError
        top = self.stack[-1] if self.stack else None
        if top is not None and not top.waiting and type(top.value) is dict:
            self._say(
                place, "A key must be one word.", "Write ‘key: value’; quote { and [ in texts."
            )
            raise _StopError
        marks = Marks() if top else self.document.marks
        if top and not top.lost:
            top.marks.inner[len(top.value) if type(top.value) is list else top.key] = marks
        self._put(value, place)
        self.stack.append(_Open(value, marks))

    def _alias(self, event: Any, place: Place) -> None:
        self._say(
            place,
            f"The alias *{event.anchor} is not allowed.",
            "Write out what it stands for; a text that starts with * needs quotes.",
        )
        top = self.stack[-1] if self.stack else None
        if top is not None and not top.waiting and type(top.value) is dict:
            raise _StopError
        self._put(None, place)

    def _refuse_extras(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            self._say(place, f"The anchor &{event.anchor} is not allowed.", TAKE_OUT)
        if event.tag is not None:
            self._say(place, f"The tag {event.tag} is not allowed.", TAKE_OUT)

    def _key(self, top: _Open, key: str, place: Place) -> None:
        top.waiting = True
        top.lost = key in top.value
        top.key = key
        if top.lost and top.merged:
            return
        if top.lost:
            top.merged = key == "id"
            self.document.partial |= top.merged
            first = top.marks.at[4 * list(top.value).index(key)]
            self._say(
                place,
                f"The key {key!r} stands here twice; the first is on line {first}.",
                "Each entry starts with a hyphen: ‘- id: …’."
                if top.merged
                else "Keep one of the two.",
            )
        else:
            top.marks.at.extend(place)

    def _put(self, value: Any, place: Place) -> None:
        if not self.stack:
            self.document.data, self.document.start = value, place
            return
        top = self.stack[-1]
        if type(top.value) is list:
            top.marks.at.extend(place)
            top.value.append(value)
            return
        if not top.lost:
            top.marks.at.extend(place)
            top.value[top.key] = value
        top.waiting = False

    def _path(self) -> Path:
        return tuple(
            len(frame.value) - (frame is not self.stack[-1])
            if type(frame.value) is list
            else frame.key
            for frame in self.stack
        )

    def _say(self, place: Place, message: str, hint: str, *, warning: bool = False) -> None:
        name = self.document.name(self._path())
        self.document.at(place, message, hint, name=name, warning=warning)
