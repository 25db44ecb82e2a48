"""The interface's languages: English in the templates, every other from its ``.po`` file.

A translator adds ``translations/<tag>/LC_MESSAGES/messages.po`` and nothing else: the file is
compiled in memory when first used, so no ``.mo`` file can be forgotten or grow stale.
"""

from __future__ import annotations

from functools import cache, cached_property
from io import BytesIO

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup

from quiz import translations as tongues


@cache
def translations(language: str) -> Translations:
    """Return the compiled translations of one language."""
    path = tongues.FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Translations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def preferred() -> str:
    """Choose the language of a request without one in its address, by Accept-Language."""
    return request.accept_languages.best_match(tongues.languages()) or tongues.languages()[0]


def current() -> str:
    """Return the language of this request's page."""
    language: str | None = g.get("language")
    if language is None:
        first = request.path.split("/", 2)[1]
        language = g.language = first if first in tongues.languages() else preferred()
    return language


def name_of(language: str) -> str:
    """Return a language's own name, as its speakers write it."""
    name = Locale.parse(language, sep="-").get_language_name() or language
    return name[:1].upper() + name[1:]


def direction(language: str) -> str:
    """Return ``ltr`` or ``rtl``, the direction in which the language is written."""
    return str(Locale.parse(language, sep="-").text_direction)


def gettext(message: str, **values: object) -> str:
    """Translate a message into this request's language and fill in its named values."""
    text = str(translations(current()).gettext(message))
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate a message with a number in it."""
    text = str(translations(current()).ngettext(singular, plural, number))
    return text % ({"num": number} | values)


def in_template(message: str, **values: object) -> Markup:
    """Translate a message for a template: translations are mark-up, values are escaped."""
    text = _markup(current(), message)
    return text % values if values else text


@cache
def _markup(language: str, message: str) -> Markup:
    return Markup(translations(language).gettext(message))  # noqa: S704  # ours, not a visitor's


def decimal_mark() -> str:
    """Return the decimal mark of this request's language."""
    return str(get_locale().number_symbols["latn"]["decimal"])


class PoDomain(Domain):  # type: ignore[misc]  # Flask-Babel is untyped
    """Flask-Babel's domain, read from ``.po`` files."""

    def get_translations(self) -> Translations:
        """Return the translations of this request's language."""
        return translations(str(get_locale()))


class PoBabel(Babel):  # type: ignore[misc]
    """Flask-Babel with the domain above."""

    @cached_property
    def domain_instance(self) -> PoDomain:
        """The one domain of this app."""
        return PoDomain()


def translate(app: Flask) -> None:
    """Connect the app with Flask-Babel and give templates what they need of it."""
    PoBabel(app, default_locale=tongues.SOURCE, locale_selector=current)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's extension
        gettext=lambda message: translations(current()).gettext(message),
        ngettext=lambda one, more, number: translations(current()).ngettext(one, more, number),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = in_template  # five times as fast as the extension's own
    app.jinja_env.globals.update(
        ui_languages=tongues.languages, language_name=name_of, direction=direction
    )
