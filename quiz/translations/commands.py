"""The commands' messages in the user's language: English, or that of a ``commands.po``.

``tr`` marks a text, translates it and fills in its named values. The pages have their own functions
in ``quiz.web.i18n``, which use the request's language; these use the one set by ``speak``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import Final

from quiz.translations import FOLDER, SOURCE, languages
from quiz.translations import spoken as nearest

SHELL: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""The shell's variables for the user's language; the first that is set counts."""

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def shell_language() -> str:
    """Return the interface language of the shell's settings, or else English."""
    stated = next((os.environ[name] for name in SHELL if os.environ.get(name)), "")
    for wanted in stated.split(":"):
        tag = wanted.split(".")[0].split("@")[0].replace("_", "-")
        for candidate in (tag, tag.split("-")[0]):
            if candidate in languages():
                return candidate
    return SOURCE


def speak(tag: str) -> None:
    """Use this language from here on."""
    _spoken.set(tag)


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak the language of a page within a block, or English where the commands lack it."""
    before = _spoken.set(nearest(tag) or SOURCE)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """Return the language in use."""
    return _spoken.get()


def tr(message: str, /, **values: object) -> str:
    """Translate a text and fill in its named values.

    >>> tr("%(count)s rows", count=3)
    '3 rows'
    """
    text = _translations(_spoken.get()).gettext(message)
    return text % values if values else text


def ntr(one: str, many: str, count: int) -> str:
    """Translate a text with a count in it.

    >>> ntr("%(count)s row", "%(count)s rows", 1)
    '1 row'
    """
    return _translations(_spoken.get()).ngettext(one, many, count) % {"count": count}


def later(message: str) -> str:
    """Mark a text that is translated where it is used."""
    return message


@cache
def _translations(tag: str) -> NullTranslations:
    texts = compiled(tag, "commands")
    return GNUTranslations(BytesIO(texts)) if texts else NullTranslations()


def compiled(tag: str, domain: str) -> bytes:
    """Return a language's texts as ``gettext`` reads them; nothing for English."""
    path = FOLDER / tag / "LC_MESSAGES" / f"{domain}.po"
    if tag == SOURCE or not path.exists():
        return b""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  # slow, and English needs none
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        catalogue = read_po(file, locale=tag)
    binary = BytesIO()
    write_mo(binary, catalogue)
    return binary.getvalue()
