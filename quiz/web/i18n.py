"""The language of a request, and translating texts into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from typing import Final

from babel import Locale
from babel.support import Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup, escape

from quiz import translations as tongues
from quiz.web.interface import locale_of
from quiz.web.serving import published

ISOLATE: Final = "\u2068"  # first strong isolate
END_ISOLATE: Final = "\u2069"


def translations(language: str) -> Translations:
    """Return the translations for a page: the operator's own, with the package's as a fallback."""
    return published().translations(language)


def preferred() -> str:
    """Choose the language for a request whose address names none.

    The reader's languages are tried in order, each also without its region.
    """
    offered = published().languages
    for tag, quality in request.accept_languages:
        if quality > 0 and (nearest := _nearest(tag.lower(), offered)):
            return nearest
    return offered[0]


def _nearest(tag: str, offered: tuple[str, ...]) -> str | None:
    base = tag.partition("-")[0]
    same = (name for name in offered if name.lower() == tag)
    related = (name for name in offered if name.lower().partition("-")[0] == base)
    return next(same, None) or next(related, None)


def current() -> str:
    """Return the language of this request's page."""
    language: str | None = g.get("language")
    if language is None:
        first = request.path.split("/", 2)[1]
        language = g.language = first if first in published().languages else preferred()
    return language


@cache
def name_of(language: str) -> str:
    """Return a language's name in that language."""
    name = locale_of(language).get_display_name() or language
    return name[:1].upper() + name[1:]


@cache
def direction(language: str) -> str:
    """Return ``ltr`` or ``rtl``, the direction in which the language is written."""
    return str(locale_of(language).text_direction)


def other_language(language: str) -> str:
    """Say in which language a text is, such as “in Dutch”; nothing where it is the page's own.

    The name is that of the page's language.
    """
    base = language.partition("-")[0]
    name = locale_of(current()).languages.get(base)
    if base == current().partition("-")[0] or name is None:
        return ""
    return gettext("in %(language)s", language=name)


def gettext(message: str, **values: object) -> str:
    """Translate a message into this request's language and fill in its named values."""
    text = str(translator()(message))
    return text % isolated(values) if values else text


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate a message with a number in it."""
    text = str(translations(current()).ngettext(singular, plural, number))
    return text % ({"num": number} | isolated(values))


def translator() -> Callable[..., Markup]:
    """Return the ``_`` of this request's templates: translations are mark-up, values are escaped."""
    translate: Callable[..., Markup] | None = g.get("translate")
    if translate is None:
        translate = g.translate = _translator(current())
    return translate


def _translator(language: str) -> Callable[..., Markup]:
    texts: dict[str, Markup] = published().once(("texts", language), dict)
    catalogue = translations(language)

    def translate(message: str, **values: object) -> Markup:
        text = texts.get(message)
        if text is None:
            text = texts[message] = Markup(catalogue.gettext(message))  # noqa: S704  # our own
        if not values:
            return text
        safe = {
            name: value if type(value) is int else escape(value)
            for name, value in isolated(values).items()
        }
        return Markup(str(text) % safe)  # noqa: S704  # escaped above; Markup's ``%`` takes thrice as long

    return translate


def in_macro(message: str, **values: object) -> Markup:
    """Translate a message for a macro, which has no context to take its request's ``_`` from."""
    return translator()(message, **values)


def isolated(values: dict[str, object]) -> dict[str, object]:
    """Set the texts among a sentence's values apart from it, as ``isolate`` does."""
    if direction(current()) == "ltr":
        return values
    return {name: isolate(value) if type(value) is str else value for name, value in values.items()}


def isolate(text: str) -> str:
    """Set a text apart from a sentence that is written from the right.

    A Latin name would draw the number after it to its other side.
    """
    return text if direction(current()) == "ltr" else f"{ISOLATE}{text}{END_ISOLATE}"


def comma() -> str:
    """Return the separator of lists in this request's language, such as “, ”."""
    return (
        str(get_locale().list_patterns["standard"]["start"]).replace("{0}", "").replace("{1}", "")
    )


def decimal_mark() -> str:
    """Return the decimal mark of this request's language."""
    return str(get_locale().number_symbols["latn"]["decimal"])


class PoDomain(Domain):  # type: ignore[misc]  # Flask-Babel is untyped
    """Flask-Babel's domain, read from ``.po`` files."""

    def get_translations(self) -> Translations:
        """Return the translations of this request's language."""
        return translations(current())


class PoBabel(Babel):  # type: ignore[misc]
    """Flask-Babel with the domain above."""

    @cached_property
    def domain_instance(self) -> PoDomain:
        """The one domain of this app."""
        return PoDomain()


def _locale_of_formats() -> Locale:
    """Return the locale of dates: in English the day stands first, as the content writes it."""
    return locale_of("en-GB" if current() == "en" else current())


def init_app(app: Flask) -> None:
    """Set up Flask-Babel and the functions that templates need from it."""
    PoBabel(app, default_locale=tongues.SOURCE, locale_selector=_locale_of_formats)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's extension
        gettext=lambda message: translations(current()).gettext(message),
        ngettext=lambda singular, plural, number: translations(current()).ngettext(
            singular, plural, number
        ),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = in_macro
    app.jinja_env.globals.update(
        ui_languages=lambda: published().languages,
        language_name=name_of,
        direction=direction,
        other_language=other_language,
    )
