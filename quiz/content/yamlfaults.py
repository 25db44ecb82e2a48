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
    message = f"This is not valid YAML: {problem}."
    if "quoted scalar" in context:
        return opened, message, "A text opens here with a quotation mark and does not end."
    if "simple key" in context:
        return opened, message, "After a key comes a colon; a text over several lines needs quotes."
    if "flow" in context and met[0] != opened[0]:
        return opened, message, "A bracket opens here and does not close before the next line."
    if _character(met, lines) == "\t" or "tab" in problem:
        return met, message, "Indent with spaces, not with tabs."
    if "mapping values" in problem:
        return met, message, "A text with a colon in it needs quotes; or the indentation is off."
    if "start any token" in problem:
        return met, message, "A text that starts with this character needs quotes."
    if "flow" in context:
        return met, message, "A comma or bracket is missing, or a text here needs quotes."
    return met, message, "The indentation is off, or a text needs (other) quotes."


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
