"""The lesson plan, shown on the site: that of ``docs``, or its translation."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup
from werkzeug.wrappers import Response

from quiz.content.paths import shipped
from quiz.translations import FOLDER, SOURCE, languages, spoken
from quiz.web.classroom.cookies import HOST, names
from quiz.web.classroom.shared import page
from quiz.web.i18n import current

FILES: Final = {"nl": "lesson.nl.md", "en": "lesson.md"}
"""The plans in ``docs``; those in further languages lie with the other translations."""


def plan() -> Response:
    """Show the lesson plan in the page's language, or else in English."""
    language = spoken(current(), _written())
    return page(
        "plan",
        plan=_plan(language or SOURCE),
        written_in=language or SOURCE,
        runs=bool(names(HOST)),
    )


@cache
def _plan(language: str) -> Markup:
    path = shipped() / "docs" / FILES[language] if language in FILES else _translation(language)
    text = path.read_text(encoding="utf-8")
    on_the_site = "\n".join(line for line in text.splitlines() if "](lesson" not in line)
    return Markup(MarkdownIt().enable("table").render(on_the_site))  # noqa: S704  # our own text


@cache
def _written() -> frozenset[str]:
    return frozenset(FILES) | {tag for tag in languages() if _translation(tag).exists()}


def _translation(language: str) -> Path:
    return FOLDER / language / "lesson.md"
