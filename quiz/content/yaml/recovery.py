"""After a YAML error: find the errors of the other entries, and what can still be read.

YAML's parser stops at its first error, which may be far from the missing quotation mark that caused
it. So the file is cut where entries start, each is parsed on its own, and those with an error are
blanked out; the rest keeps its line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from quiz.content.yaml.syntax_faults import Fault, explain

ENTRY: Final = re.compile(r"(\s{0,2})- |[\w-]+:(?:\s|$)")
"""A list's entry, or a key at the top."""

ANSWER: Final = re.compile(r"(\s+)[a-z0-9-]+:\s*(?:#.*)?$")
"""A party's answer to a statement, six deep below entries that are indented, else four."""


def recover(text: str, loader: Any) -> tuple[list[Fault], str]:
    """Return every entry's first error, and the text without the entries that have one."""
    lines = text.split("\n")
    kept = list(lines)
    faults: list[Fault] = []
    broken: int | None = None
    for level, first, last in _entries(lines):
        fault = _fault(lines[first:last], first, loader)
        if fault:
            faults.append(fault)
        if broken is not None and level <= broken:
            broken = None
        if fault and broken is None:
            broken = level
        if broken is not None:
            kept[first:last] = [""] * (last - first)
    return faults, "\n".join(kept)


def _entries(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield each entry's indentation, its first line and the one after its last, from 0."""
    deep = 4 if any(line.startswith("- ") for line in lines) else 6
    starts = []
    for number, line in enumerate(lines):
        if entry := ENTRY.match(line):
            starts.append((len(entry[1] or ""), number))
        elif (answer := ANSWER.match(line)) and len(answer[1]) == deep:
            starts.append((deep, number))
    for index, (level, first) in enumerate(starts):
        last = starts[index + 1][1] if index + 1 < len(starts) else len(lines)
        yield level, first, last


def _fault(part: list[str], first: int, loader: Any) -> Fault | None:
    try:
        for _ in yaml.parse("\n".join(part) + "\n", Loader=loader):
            pass
    except yaml.MarkedYAMLError as error:
        return explain(error, part, first)
    except yaml.YAMLError:
        pass
    return None
