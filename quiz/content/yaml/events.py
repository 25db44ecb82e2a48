"""From the parser's events to data with places: what YAML allows and this project does not is
refused.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from quiz.content.limits import YAML_DEPTH
from quiz.content.yaml.encoding import CONTROL
from quiz.content.yaml.marked import NOTHING, Document, Marks, Open, Path, Place
from quiz.content.yaml.plain_words import BOOLEANS, INTEGER, NULLS, SWITCHES
from quiz.translations.commands import later, tr

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The loader in C where available; the other does the same, slower."""

QUOTES: Final = frozenset({'"', "'"})
OURS: Final = re.compile(
    r"\s*(?:- +)?\{?(id|status|theme|text|explanation|argument_(?:for|against)|name|long_name|color"
    r"|url|searched|answers|position|explicit|quotes|source|page|summary|edition|title|[a-z]{2}):\s"
)
"""A line that opens with a key of the two files."""

HASH: Final = re.compile(r"\s+#[^\s#!-]")
HASHES: Final = re.compile(r"\S[ \t]+#[^\s#!-]")
CURLY: Final = re.compile("[“”„‘‚]")
STRAIGHT: Final = later('Put the text in straight quotes ("); curly ones are none to YAML.')
TAKE_OUT: Final = later("Take it out; a text that starts with & or ! needs quotes.")


class StopError(Exception):
    """A fault after which reading the rest of the file makes no sense."""


class Reader:
    """Reads one text into a document, and reports its faults there.

    Raises ``StopError`` where going on makes no sense.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[Open] = []
        self.hashes: frozenset[int] = frozenset()

    def read(self, text: str) -> None:
        """Read a text. Raises ``yaml.YAMLError`` where it is not YAML."""
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
                    self._say(
                        place, tr("A second document starts here."), tr("Take out the line ‘---’.")
                    )
                    raise StopError

    def _scalar(self, event: Any, place: Place) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, place)
        text = event.value
        if not text.isprintable():
            control = CONTROL.search(text)
            if control:
                self._say(
                    place,
                    tr(
                        "This text holds the control character U+%(value)s.",
                        value=format(ord(control[0]), "04X"),
                    ),
                    tr("Take the escape out."),
                )
        if event.end_mark.line > event.start_mark.line and event.style in QUOTES:
            self._swallowed(event, place)
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

    def _swallowed(self, event: Any, place: Place) -> None:
        """Warn of a quoted text that contains our keys: a quotation mark may be missing."""
        first, last = event.start_mark.line + 1, event.end_mark.line + 1
        inside = enumerate(self.document.lines[first:last], first + 1)
        key_line = next(
            ((number, match[1]) for number, line in inside if (match := OURS.match(line))), None
        )
        if key_line and self._line((last, 1))[event.end_mark.column :].startswith("#"):
            problem = f"a quotation mark opens here, and the next one is on line {last}"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        if key_line:
            number, key = key_line
            self._say(
                place,
                tr(
                    "This text goes on until line %(last)s, and its line %(number)s begins with ‘%(key)s:’.",
                    last=last,
                    number=number,
                    key=key,
                ),
                tr(
                    "If that belongs to the text, all is well. If a quotation mark is missing, it is missing before line %(number)s: close the text there.",
                    number=number,
                ),
                warning=True,
            )

    def _without_colon(self, top: Open, place: Place) -> bool:
        """Drop a key without a colon: within brackets, the text after a comma becomes one."""
        before = self._line(place)[: place[1] - 1].rstrip()
        if type(top.value) is not dict or top.lost or before.endswith((":", "?")):
            return False
        self._say(
            (top.marks.at.pop(-2), top.marks.at.pop()),
            tr("%(value)s stands here without a colon.", value=repr(str(top.key)[:60])),
            tr(STRAIGHT)
            if CURLY.search(self._line(place))
            else tr("A comma within {…} ends a text: put the whole text in quotes."),
        )
        return True

    def _cut(self, end: Any) -> None:
        """Warn where a text without quotes ends at a # that may belong to it."""
        line, column = end.line + 1, end.column + 1
        rest = self._line((line, column))[column - 1 :]
        start = column + len(rest) - len(rest.lstrip())
        if HASH.match(rest):
            message = tr("The text ends here: a # after a space starts a comment.")
            hint = tr(
                "Put the text in quotes if this belongs to it; else write a space after the #."
            )
            self._say((line, start), message, hint, warning=True)

    def _plain(self, text: str, place: Place) -> Any:
        """Return the value of an unquoted text."""
        if INTEGER.fullmatch(text):
            return int(text)
        if len(text) > 5:
            return text
        small = text.lower()
        if small in NULLS:
            hint = self._comment(place) or tr("Fill it in, or drop the key.")
            self._doubt(place, NOTHING, hint)
            return None
        if small in BOOLEANS:
            return BOOLEANS[small]
        if small in SWITCHES:
            message = tr("Unquoted %(text)s means true or false to many programs.", text=repr(text))
            self._doubt(place, message, tr('Write "%(text)s" in quotes.', text=text))
        return text

    def _comment(self, place: Place) -> str:
        """Return a hint where a value is empty because # starts a comment."""
        rest = self._line(place)[place[1] - 1 :].strip()
        return (
            tr('A # starts a comment. Write "%(rest)s" in quotes.', rest=rest)
            if rest[:1] == "#"
            else ""
        )

    def _line(self, place: Place) -> str:
        lines = self.document.lines
        return lines[place[0] - 1] if place[0] <= len(lines) else ""

    def _doubt(self, place: Place, message: str, hint: str) -> None:
        self.document.doubts.append((self._path(), place, message, hint))

    def _start(self, value: Any, event: Any, place: Place) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, place)
        if len(self.stack) >= YAML_DEPTH:
            self._say(
                place,
                tr("This lies deeper than %(yaml_depth)s levels.", yaml_depth=YAML_DEPTH),
                tr("Use fewer levels."),
            )
            raise StopError
        top = self.stack[-1] if self.stack else None
        if top is not None and not top.waiting and type(top.value) is dict:
            self._say(
                place,
                tr("A key must be one word."),
                tr("Write ‘key: value’; quote { and [ in texts."),
            )
            raise StopError
        marks = Marks() if top else self.document.marks
        if top and not top.lost:
            top.marks.inner[len(top.value) if type(top.value) is list else top.key] = marks
        self._put(value, place)
        self.stack.append(Open(value, marks))

    def _alias(self, event: Any, place: Place) -> None:
        self._say(
            place,
            tr("The alias *%(anchor)s is not allowed.", anchor=event.anchor),
            tr("Write out what it stands for; a text that starts with * needs quotes."),
        )
        top = self.stack[-1] if self.stack else None
        if top is not None and not top.waiting and type(top.value) is dict:
            raise StopError
        self._put(None, place)

    def _refuse_extras(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            self._say(
                place,
                tr("The anchor &%(anchor)s is not allowed.", anchor=event.anchor),
                tr(TAKE_OUT),
            )
        if event.tag is not None:
            self._say(place, tr("The tag %(tag)s is not allowed.", tag=event.tag), tr(TAKE_OUT))

    def _key(self, top: Open, key: str, place: Place) -> None:
        top.waiting = True
        top.lost = key in top.value
        top.key = key
        if top.lost and top.merged:
            return
        if top.lost:
            top.merged = key == "id"
            self.document.partial |= top.merged
            first = top.marks.at[4 * top.index(key)]
            self._say(
                place,
                tr(
                    "The key %(key)s stands here twice; the first is on line %(first)s.",
                    key=repr(key),
                    first=first,
                ),
                tr("Each entry starts with a hyphen: ‘- id: …’.")
                if top.merged
                else tr("Keep one of the two."),
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
