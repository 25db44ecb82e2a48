"""What the YAML parser stumbled over, in words for somebody who writes YAML twice a year."""

from __future__ import annotations

from typing import Any

import yaml

from quiz.content.marked import Place


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[Place, str, str]:
    """Return the place of a YAML error, what is wrong, and what would be right."""
    context, problem = str(error.context or ""), str(error.problem or error.context or "")
    met = _place(error.problem_mark or error.context_mark, lines)
    opened = _place(error.context_mark or error.problem_mark, lines)
    flow = "flow" in context
    tab = _character(met, lines) == "\t" or "tab character" in problem
    cases = (
        (
            "quoted scalar" in context,
            opened,
            "A text opens here with a quotation mark and does not end.",
        ),
        (
            "simple key" in context,
            opened,
            "After a key comes a colon; a text over several lines needs quotes.",
        ),
        (
            flow and met[0] != opened[0],
            opened,
            "A bracket opens here and does not close before the next line.",
        ),
        (tab, met, "Indent with spaces, not with tabs."),
        (
            "mapping values" in problem,
            met,
            "A text with a colon in it needs quotes; or the indentation is off.",
        ),
        ("start any token" in problem, met, "A text that starts with this character needs quotes."),
        (flow, met, "A comma or bracket is missing, or a text here needs quotes."),
        (True, met, "The indentation is off, or a text needs (other) quotes."),
    )
    place, hint = next((place, hint) for applies, place, hint in cases if applies)
    return place, f"This is not valid YAML: {problem}.", hint


def _place(mark: Any, lines: list[str]) -> Place:
    if mark is None:
        return (1, 1)
    if mark.line >= len(lines) > 0:
        return (len(lines), len(lines[-1]) + 1)
    return (mark.line + 1, mark.column + 1)


def _character(place: Place, lines: list[str]) -> str:
    line, column = place
    text = lines[line - 1] if line <= len(lines) else ""
    return text[column - 1 : column]
