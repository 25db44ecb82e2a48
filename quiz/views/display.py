"""What templates need to show content: texts in the page's language, words, numbers, dots."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, url_for
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from quiz import __version__
from quiz.content.catalogue import Text
from quiz.i18n import current
from quiz.published import Published


def published() -> Published:
    """Return what is served now."""
    holder: Published = current_app.extensions["published"]
    return holder


def say(text: Text) -> Markup:
    """Return a content text in the page's language, marked with its own where that differs."""
    words, language = published().catalogue.quiz.say(text, current())
    if language == current():
        return escape(words)
    return Markup('<span lang="{}">{}</span>').format(language, words)


def plain(text: Text) -> str:
    """Return a content text without mark-up, for titles and attributes."""
    return published().catalogue.quiz.say(text, current())[0]


def position_word(name: str | None) -> str:
    """Name an answer or position in the page's language."""
    words = {
        "agree": gettext("Agree"),
        "neutral": gettext("Neither"),
        "disagree": gettext("Disagree"),
        None: gettext("No position found"),
    }
    return words[name]


def edition_word(edition: str) -> str:
    """Name a source's edition in the page's language."""
    return {
        "final": gettext("final version"),
        "draft": gettext("draft version"),
        "summary": gettext("summary"),
    }[edition]


def hundredths(value: float) -> str:
    """Write a share of one as a number of a hundred with one decimal: 0.714 is 71.4."""
    symbol = get_locale().number_symbols["latn"]["decimal"]
    return f"{100 * value:.1f}".replace(".", symbol)


_GLOBALS: Final = (position_word, edition_word)
_FILTERS: Final = (say, plain, hundredths)


def equip(app: Flask) -> None:
    """Give the templates these functions and what every page names."""
    for function in _GLOBALS:
        app.jinja_env.globals[function.__name__] = function
    for function in _FILTERS:
        app.jinja_env.filters[function.__name__] = function

    @app.context_processor
    def names() -> dict[str, object]:
        catalogue = published().catalogue
        return {
            "catalogue": catalogue,
            "quiz": catalogue.quiz,
            "language": current(),
            "version": __version__,
            "home": url_for("voter.start", lang=current()),
        }
