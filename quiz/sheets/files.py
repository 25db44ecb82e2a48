"""Both YAML files, changed in place: comments, order, quoting and line ends stay as they were."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from io import StringIO
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.yaml.plain_words import needs_quotes

MARK: Final = "\ufeff"


class Files:
    """The data of the two files, changed through ``put``, and their new texts.

    ``before`` holds their bytes by name.
    """

    def __init__(self, before: Mapping[str, bytes]) -> None:
        self.before = dict(before)
        self._texts = {name: _lines_of(raw) for name, raw in self.before.items()}
        self.data = {name: _yaml(text).load(text) for name, text in self._texts.items()}
        self._as_read = {name: self._dump(name) for name in self.data}

    @classmethod
    def read(cls, folder: Path) -> Files:
        """Read the two files of a content folder."""
        return cls({name: (folder / name).read_bytes() for name in (STATEMENTS, ANSWERS)})

    @property
    def languages(self) -> list[str]:
        """The quiz's languages, the default first."""
        return list(self.data[STATEMENTS]["quiz"]["languages"])

    def texts(self) -> dict[str, bytes]:
        """Return the files' new bytes; a file without a change stays byte for byte."""
        written = {}
        for name, raw in self.before.items():
            now = self._dump(name)
            written[name] = raw
            if now != self._as_read[name]:
                text = _in_its_own_form(self._texts[name], self._as_read[name], now)
                ends = "\r\n" if b"\r\n" in raw else "\n"
                mark = MARK if raw.startswith(MARK.encode()) else ""
                written[name] = (mark + text.replace("\n", ends)).encode()
        return written

    def put(self, mapping: CommentedMap, key: str, value: Any) -> None:
        """Set a key where its value differs; None takes it out."""
        now = mapping.get(key)
        if value is None:
            mapping.pop(key, None)
        elif isinstance(now, str) and isinstance(value, str) and now.strip() == value:
            return
        elif now != value:
            mapping[key] = spelled(value)

    def put_text(self, entry: CommentedMap, key: str, texts: dict[str, str], first: str) -> None:
        """Set a text in these languages; an empty one removes it.

        ``first`` is the language of a text that is written without one.
        """
        now = entry.get(key)
        if isinstance(now, CommentedMap):
            for tag, text in texts.items():
                self.put(now, tag, text or None)
            if not now:
                self.put(entry, key, None)
            return
        before = {} if now is None else {first: now.strip()}
        after = {tag: text for tag, text in {**before, **texts}.items() if text}
        if after != before:
            by_language = CommentedMap({tag: Quoted(text) for tag, text in after.items()})
            self.put(entry, key, by_language if after else None)

    def _dump(self, name: str) -> str:
        out = StringIO()
        _yaml(self._texts[name]).dump(self.data[name], out)
        return out.getvalue()


def spelled(value: Any) -> Any:
    """Return a value for writing into YAML: a text is quoted where it could be misread."""
    return Quoted(value) if isinstance(value, str) and needs_quotes(value) else value


def _lines_of(raw: bytes) -> str:
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


def _yaml(text: str) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    offset = 0 if "\n- " in text else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _in_its_own_form(text: str, as_read: str, now: str) -> str:
    """Apply only the changed lines to the text, and keep its author's formatting.

    The YAML writer formats some lines in its own way, which would change lines that nobody touched.
    Where the two cannot be merged, the writer's output is used.
    """
    old, read, new = text.splitlines(True), as_read.splitlines(True), now.splitlines(True)
    if len(old) != len(read):
        return now
    merged: list[str] = []
    for kind, first, last, start, end in SequenceMatcher(None, read, new).get_opcodes():
        merged += old[first:last] if kind == "equal" else new[start:end]
    edited = "".join(merged)
    try:
        same = _yaml(text).load(edited) == _yaml(text).load(now)
    except YAMLError:
        return now
    return edited if same else now
