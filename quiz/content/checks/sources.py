"""A source's file, opened for the quote check: which lines are whose, and where pages end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from quiz.content.checks.source_text import Passage, passage, passages
from quiz.content.limits import SOURCE_BYTES
from quiz.content.yaml.marked import Document, Path
from quiz.translations.commands import tr


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source's text. ``lines`` is empty unless the source says which lines are whose."""

    ranges: dict[str, tuple[int, int]]
    lines: list[Passage]
    whole: Passage
    paged: bool

    def scope(self, party: str, kind: str) -> list[Passage]:
        """Return the passages in which a party's quote (or a summary of it) may lie."""
        if not self.lines:
            return [self.whole]
        first, last = self.ranges[party]
        own = self.lines[first - 1 : last]
        if any(line.kind != "text" for line in self.lines):
            return [line for line in own if line.kind == kind]
        return [passage("\n".join(line.text for line in own), first)]

    def where(self, place: Passage, start: int) -> str:
        """Describe where a letter of a passage stands."""
        if self.lines:
            line = place.line + place.text.count("\n", 0, place.offset(start))
            return tr("line %(line)s", line=line)
        if self.paged:
            return tr("page %(page)s", page=place.page(start))
        return tr("letter %(letter)s", letter=place.offset(start) + 1)


def open_source(
    answers: Document, path: Path, entry: dict[str, Any], directory: FilePath
) -> SourceText | None:
    """Read a source's file below a folder, or report why it cannot be read."""
    text = _text(answers, (*path, "file"), entry["file"], directory)
    if text is None:
        return None
    stated = entry.get("lines")
    lines = passages(text) if isinstance(stated, dict) else []
    ranges: dict[str, tuple[int, int]] = {}
    for party, pair in stated.items() if isinstance(stated, dict) else ():
        if isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair):
            ranges[party] = (pair[0], pair[1])
            if pair[1] > len(lines):
                answers.say(
                    (*path, "lines", party),
                    tr(
                        "The file has %(value)s lines, not %(value_2)s.",
                        value=len(lines),
                        value_2=pair[1],
                    ),
                    tr("Write [first, last]."),
                )
    return SourceText(ranges, lines, passage(text), "\f" in text)


def _text(answers: Document, place: Path, name: str, directory: FilePath) -> str | None:
    looked = tr("It is looked for below %(directory)s.", directory=directory)
    root = directory.resolve()
    try:
        file = (root / name).resolve()
        if not file.is_relative_to(root):
            answers.say(place, tr("This file lies outside the sources folder."), looked)
            return None
        if file.exists() and not file.is_file():
            answers.say(place, tr("This is not a regular file."), looked)
            return None
        with file.open("rb") as stream:
            raw = stream.read(SOURCE_BYTES + 1)
        if len(raw) > SOURCE_BYTES:
            megabytes = SOURCE_BYTES // 1_000_000
            answers.say(
                place,
                tr("This source is larger than %(megabytes)s MB.", megabytes=megabytes),
                tr("Make a file of each document, of its text alone."),
            )
            return None
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        answers.say(place, tr("This source is not UTF-8 text."), tr("Save it as UTF-8."))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        answers.say(place, tr("This source cannot be read: %(reason)s.", reason=reason), looked)
    return None
