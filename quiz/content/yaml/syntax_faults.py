"""Explains YAML errors to somebody who writes YAML twice a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from quiz.content.yaml.marked import Place
from quiz.translations.commands import later, tr

Fault = tuple[Place, str, str]
"""Place, what is wrong, and what would be right."""

MERGE: Final = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")
DASH: Final = re.compile(r"(\s*)([–—•])\s")
NO_SPACE_AFTER_HYPHEN: Final = re.compile(r"(\s*)-[A-Za-z]")
NO_SPACE_AFTER_COLON: Final = re.compile(r"\s*(?:- )?[a-z_]+:(?=[^\s/])")
ODD_SPACE: Final = re.compile("[ ]*([\u00a0\u2000-\u200a\u202f\u3000])")
ODD_SPACE_AFTER_COLON: Final = re.compile("\\s*(?:- )?[\\w-]+:([\u00a0\u2000-\u200a\u202f\u3000])")
KEY: Final = re.compile(r"(\s*(?:- +)?)[\w-]+$")
ENTRY: Final = re.compile(r"(\s*(?:- +)?)[\w-]+:(?:\s|$)")
SIGN: Final = re.compile(r"(?:^|[:,{\[-])\s*([*&!])\S*\s*$")
MISSING_MARK: Final = re.compile(r",\s*[a-z_]{2,}:\s*$")
"""Where the next key of {…} has become part of a text."""

NEITHER: Final = later(
    "If it belongs to the text above, put it all on one line, or in quotes. If it is a key, a colon is "
    "missing."
)
CURLY: Final = re.compile("[“”„‘’‚]")


@dataclass(frozen=True, slots=True)
class _Met:
    """The error's message, its place, where the enclosing part began, and the lines.

    ``above``: the number of lines of the file before these.
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
        """The line from the error on."""
        return self.line(self.at)[self.at[1] - 1 :]

    @property
    def before(self) -> str:
        """The line up to the error."""
        return self.line(self.at)[: self.at[1] - 1]


def explain(error: yaml.MarkedYAMLError, lines: list[str], above: int = 0) -> Fault:
    """Return the place of a YAML error, what is wrong, and what would be right.

    ``above``: the number of lines of the file before those that were parsed.
    """
    met = _Met(
        str(error.context or ""),
        str(error.problem or error.context or ""),
        _place(error.problem_mark or error.context_mark, lines),
        _place(error.context_mark or error.problem_mark, lines),
        lines,
        above,
    )
    (line, column), message, hint = next(_typing(met), None) or _quotes(met) or next(_grammar(met))
    return (line + above, column), tr("This is not valid YAML: %(said)s.", said=message), hint


def _typing(met: _Met) -> Iterator[Fault]:
    """Yield faults left by a word processor, a merge or a typing error."""
    for number in sorted({met.opened[0], met.at[0], max(1, met.at[0] - 1), _dots(met)}):
        line = met.line((number, 1))
        if MERGE.match(line):
            yield (number, 1), tr("a merge left both versions here"), (
                tr("Keep one of the two, and take out the lines of <<<<<<<, ======= and >>>>>>>.")
            )  # fmt: skip
        if odd := ODD_SPACE.match(line) or ODD_SPACE_AFTER_COLON.match(line):
            code = f"U+{ord(odd[1]):04X}"
            yield (number, odd.start(1) + 1), tr("a space of another kind stands here (%(code)s)", code=code), (
                tr("Write plain spaces; text from a word processor brings such ones.")
            )  # fmt: skip
        if line.strip() == "...":
            yield (
                (number, 1),
                tr("a line of three dots ends the file here"),
                tr("Take the line out."),
            )
        if dash := DASH.match(line):
            yield (number, dash.start(2) + 1), tr("an entry starts with ‘%(value)s’", value=dash[2]), (
                tr("Write a plain hyphen and a space: ‘- ’.")
            )  # fmt: skip
    if "\t" in (met.rest[:1], met.line(met.at)[:1]) or "tab character" in met.problem:
        yield met.at, tr("a tab stands here"), tr("Indent with spaces, not with tabs.")
    if hyphen := NO_SPACE_AFTER_HYPHEN.match(met.line(met.at)):
        yield (
            (met.at[0], hyphen.end(1) + 1),
            tr("no space after the hyphen"),
            tr("Write ‘- id: …’."),
        )
    if colon := NO_SPACE_AFTER_COLON.match(met.line(met.opened)):
        yield (
            (met.opened[0], colon.end()),
            tr("no space after the colon"),
            tr("Write ‘key: value’."),
        )


def _dots(met: _Met) -> int:
    """Return the line of three dots above the error, or the error's own line."""
    above = range(min(met.at[0], len(met.lines)), 0, -1)
    return next((line for line in above if met.lines[line - 1].rstrip() == "..."), met.at[0])


def _quotes(met: _Met) -> Fault | None:
    if "quoted scalar" in met.context:
        line = met.line(met.opened)
        mark = line[met.opened[1] - 1 : met.opened[1]]
        hint = tr("Close it with the same mark: %(mark)s…%(mark)s.", mark=mark)
        if line.rstrip()[-1:] in {"}", "]"}:
            hint = tr(
                "Close it before the bracket: %(mark)s…%(mark)s%(value)s.",
                mark=mark,
                value=line.rstrip()[-1],
            )
        return met.opened, tr("a text opens here with a quotation mark and does not end"), hint
    quoted = _last_quoted("\n".join(met.lines) + "\n", met.at)
    if quoted is None:
        return None
    start, end = _place(quoted.start_mark, met.lines), _place(quoted.end_mark, met.lines)
    if end[0] != met.at[0] or met.line(end)[end[1] - 1 : met.at[1] - 1].strip():
        return None
    if start[0] < end[0]:
        message = tr(
            "a quotation mark opens here, and the next one is on line %(value)s",
            value=end[0] + met.above,
        )
        hint = tr("Close the text with the same mark, on its own line.")
        if quoted.style == '"':
            hint += tr(' Where the mark belongs to the text, write \\" for it.')
        return start, message, hint
    if missing := MISSING_MARK.search(quoted.value):
        hint = tr("Close the text before ‘%(value)s’.", value=missing[0].strip())
        return start, tr("the quotation mark that closes this text is missing"), hint
    hint = tr("Put the whole text in single quotes ('), or write \\\" for each mark in it.")
    if quoted.style == "'":
        hint = tr("Put the whole text in double quotes (\"), or write '' for an apostrophe in it.")
    return start, tr("the text goes on after its closing quotation mark"), hint


def _last_quoted(text: str, before: Place) -> Any:
    """Return the last text in quotes before a place."""
    quoted = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in {'"', "'"}:
                if (token.end_mark.line + 1, token.end_mark.column + 1) > before:
                    break
                quoted = token
    except yaml.YAMLError:
        pass
    return quoted


def _grammar(met: _Met) -> Iterator[Fault]:
    curly = CURLY.search(met.line(met.at))
    quote = tr('Put the text in straight quotes ("); curly ones are none to YAML.') if curly else (
        tr('Put the text in quotes: "…".')
    )  # fmt: skip
    if sign := SIGN.search(met.before):
        yield (
            (met.at[0], sign.start(1) + 1),
            tr("a text starts with ‘%(value)s’", value=sign[1]),
            quote,
        )
    flow = "flow" in met.context
    if flow and (met.at[0] != met.opened[0] or not met.rest):
        cut = " #" in met.line(met.opened)
        yield met.opened, tr("a bracket opens here and does not close before the next line"), (
            tr("A # after a space starts a comment: put the text in quotes.") if cut
            else tr("Close it on the same line, or indent the next one.")
        )  # fmt: skip
    if flow and met.rest[:1] == ":":
        yield met.at, tr("a text with a colon in it stands here without quotes"), quote
    if flow:
        message = tr("a comma or a bracket is missing, or a text with such signs has no quotes")
        yield met.at, message, quote
    off = _indentation(met)
    if "mapping values" in met.problem:
        yield off or (met.at, tr("a text with a colon in it stands here without quotes"), quote)
    if "start any token" in met.problem:
        yield met.at, tr("a text starts with ‘%(value)s’", value=met.rest[:1]), quote
    if "simple key" in met.context:
        yield met.opened, tr("this is neither ‘key: value’ nor in quotes"), tr(NEITHER)
    if "document start" in met.problem and not ENTRY.match(met.line(met.at)):
        yield met.at, tr("this is neither ‘key: value’ nor in quotes"), tr(NEITHER)
    if off and "did not find expected" in met.problem:
        yield off
    yield met.at, met.problem, tr("The indentation is off, or a text needs (other) quotes.")


def _indentation(met: _Met) -> Fault | None:
    """Return the fault where a line begins with a key that is indented wrongly."""
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
    message = tr(
        "the indentation is off: %(here)s spaces here, %(there)s in the entry above",
        here=here,
        there=there,
    )
    hint = tr("Write keys of one entry right below each other.")
    if "position:" in met.line((met.at[0] + 1, 1)):
        hint = tr("An answer stands below ‘answers:’, two spaces further in than it.")
    return (met.at[0], here + 1), message, hint


def _place(mark: Any, lines: list[str]) -> Place:
    if mark is None:
        return (1, 1)
    if mark.line >= len(lines) > 0:
        return (len(lines), len(lines[-1]) + 1)
    return (mark.line + 1, mark.column + 1)
