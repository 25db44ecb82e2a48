"""The lesson plan from ``docs``, shown on the site."""

from __future__ import annotations

from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup
from werkzeug.wrappers import Response

from quiz.content.paths import shipped
from quiz.web.classroom.cookies import HOST, names
from quiz.web.classroom.shared import page
from quiz.web.i18n import current

FILES: Final = {"nl": "lesson.nl.md", "en": "lesson.md"}


def plan() -> Response:
    """Show the lesson plan in the page's language, or else in English."""
    language = current() if current() in FILES else "en"
    return page("plan", plan=_plan(language), written_in=language, runs=bool(names(HOST)))


@cache
def _plan(language: str) -> Markup:
    text = (shipped() / "docs" / FILES[language]).read_text(encoding="utf-8")
    on_the_site = "\n".join(line for line in text.splitlines() if "](lesson" not in line)
    return Markup(MarkdownIt().enable("table").render(on_the_site))  # noqa: S704  # our own text
