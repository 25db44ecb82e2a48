"""What the YAML parser stumbled over, in words for somebody who writes YAML twice a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from quiz.content.yaml.marked import Place

Fault = tuple[Place, str, str]
"""Where, what is wrong, what would be right."""

MERGE: Final = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")
DASH: Final = re.compile(r"(\s*)([–—•])\s")
NO_SPACE_AFTER_HYPHEN: Final = re.compile(r"(\s*)-[A-Za-z]")
NO_SPACE_AFTER_COLON: Final = re.compile(r"\s*(?:- )?[a-z_]+:(?=[^\s/])")
ODD_SPACE: Final = re.compile("[ ]*([\u00a0\u2000-\u200a\u202f\u3000])")
ODD_SPACE_AFTER_COLON: Final = re.compile("\\s*(?:- )?[\\w-]+:([\u00a0\u2000-\u200a\u202f\u3000])")
KEY: Final = re.compile(r"(\s*(?:- +)?)[\w-]+$")
ENTRY: Final = re.compile(r"(\s*(?:- +)?)[\w-]+:(?:\s|$)")
SIGN: Final = re.compile(r"(?:^|[:,{\[-])\s*([*&!])\S*\s*$")
CURLY: Final = re.compile("[“”„‘’‚]")


@dataclass(frozen=True, slots=True)
class _Met:
    """The error's words, where it was met, where what it belongs to opened, and the lines.

    ``above`` is how many lines of the file stand before these.
    """

    context: str
    problem: str
    at: Place
    opened: Place
    lines: list[str]
    above: int

    def line(self, place: Place) -> str:
        number = place[0]
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @property
    def rest(self) -> str:
        """What stands from the error on."""
        return self.line(self.at)[self.at[1] - 1 :]

    @property
    def before(self) -> str:
        """What stands on its line before it."""
        return self.line(self.at)[: self.at[1] - 1]


def explain(error: yaml.MarkedYAMLError, lines: list[str], above: int = 0) -> Fault:
    """Return the place of a YAML error, what is wrong, and what would be right.

    ``above`` is how many lines of the file stand before the ones that were parsed.
    """
    met = _Met(
        str(error.context or ""),
        str(error.problem or error.context or ""),
        _place(error.problem_mark or error.context_mark, lines),
        _place(error.context_mark or error.problem_mark, lines),
        lines,
        above,
    )
    (line, column), said, hint = next(_typing(met), None) or _quotes(met) or next(_grammar(met))
    return (line + above, column), f"This is not valid YAML: {said}.", hint


def _typing(met: _Met) -> Iterator[Fault]:
    """What a word processor, a merge or a slip of the finger leaves behind."""
    for number in sorted({met.opened[0], met.at[0], max(1, met.at[0] - 1)}):
        line = met.line((number, 1))
        if MERGE.match(line):
            yield (number, 1), "a merge left both versions here", (
                "Keep one of the two, and take out the lines of <<<<<<<, ======= and >>>>>>>."
            )  # fmt: skip
        if odd := ODD_SPACE.match(line) or ODD_SPACE_AFTER_COLON.match(line):
            code = f"U+{ord(odd[1]):04X}"
            yield (number, odd.start(1) + 1), f"a space of another kind stands here ({code})", (
                "Write plain spaces; text from a word processor brings such ones."
            )  # fmt: skip
        if dash := DASH.match(line):
            yield (number, dash.start(2) + 1), f"an entry starts with ‘{dash[2]}’", (
                "Write a plain hyphen and a space: ‘- ’."
            )  # fmt: skip
    if "\t" in (met.rest[:1], met.line(met.at)[:1]) or "tab character" in met.problem:
        yield met.at, "a tab stands here", "Indent with spaces, not with tabs."
    if hyphen := NO_SPACE_AFTER_HYPHEN.match(met.line(met.at)):
        yield (met.at[0], hyphen.end(1) + 1), "no space after the hyphen", "Write ‘- id: …’."
    if colon := NO_SPACE_AFTER_COLON.match(met.line(met.opened)):
        yield (met.opened[0], colon.end()), "no space after the colon", "Write ‘key: value’."


def _quotes(met: _Met) -> Fault | None:
    if "quoted scalar" in met.context:
        return (
            met.opened,
            "a text opens here with a quotation mark and does not end",
            "Close it with the same mark.",
        )
    quoted = _last_quoted("\n".join(met.lines) + "\n")
    if quoted is None:
        return None
    start, end = _place(quoted.start_mark, met.lines), _place(quoted.end_mark, met.lines)
    if end[0] != met.at[0] or met.line(end)[end[1] - 1 : met.at[1] - 1].strip():
        return None
    if start[0] < end[0]:
        said = f"a quotation mark opens here, and the next one is on line {end[0] + met.above}"
        return start, said, "Close the text with the same mark, on its own line."
    hint = "Put the whole text in single quotes (')."
    if quoted.style == "'":
        hint = "Put the whole text in double quotes (\"), or write '' for an apostrophe in it."
    return start, "the text goes on after its closing quotation mark", hint


def _last_quoted(text: str) -> Any:
    """Return the last text in quotes before the parser gave up."""
    found = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in {'"', "'"}:
                found = token
    except yaml.YAMLError:
        pass
    return found


def _grammar(met: _Met) -> Iterator[Fault]:
    curly = CURLY.search(met.line(met.at))
    quote = "Put the text in straight quotes (\"); curly ones are none to YAML." if curly else (
        'Put the text in quotes: "…".'
    )  # fmt: skip
    if sign := SIGN.search(met.before):
        yield (met.at[0], sign.start(1) + 1), f"a text starts with ‘{sign[1]}’", quote
    flow = "flow" in met.context
    if flow and (met.at[0] != met.opened[0] or not met.rest):
        cut = " #" in met.line(met.opened)
        yield met.opened, "a bracket opens here and does not close before the next line", (
            "A # after a space starts a comment: put the text in quotes." if cut
            else "Close it on the same line, or indent the next one."
        )  # fmt: skip
    if flow and met.rest[:1] == ":":
        yield met.at, "a text with a colon in it stands here without quotes", quote
    if flow:
        said = "a comma or a bracket is missing, or a text with such signs has no quotes"
        yield met.at, said, quote
    off = _indentation(met)
    if "mapping values" in met.problem:
        yield off or (met.at, "a text with a colon in it stands here without quotes", quote)
    if "start any token" in met.problem:
        yield met.at, f"a text starts with ‘{met.rest[:1]}’", quote
    if "simple key" in met.context:
        hint = "After a key comes a colon; a text over several lines needs quotes."
        yield met.opened, "this is neither ‘key: value’ nor in quotes", hint
    if off and "did not find expected" in met.problem:
        yield off
    yield met.at, met.problem, "The indentation is off, or a text needs (other) quotes."


def _indentation(met: _Met) -> Fault | None:
    """Return the fault where a line begins with a key, but not below the one that it belongs to."""
    key = KEY.match(met.before) or (ENTRY.match(met.rest) and KEY.match(met.before + "x"))
    above = next(
        (
            entry
            for line in reversed(met.lines[: met.at[0] - 1])
            if line.strip() and (entry := ENTRY.match(line))
        ),
        None,
    )
    if not key or not above or len(key[1]) == len(above[1]):
        return None
    here, there = len(key[1]), len(above[1])
    said = f"the indentation is off: {here} spaces here, {there} in the entry above"
    return (met.at[0], here + 1), said, "Write keys of one entry right below each other."


def _place(mark: Any, lines: list[str]) -> Place:
    if mark is None:
        return (1, 1)
    if mark.line >= len(lines) > 0:
        return (len(lines), len(lines[-1]) + 1)
    return (mark.line + 1, mark.column + 1)
