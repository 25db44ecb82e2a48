"""The interface's texts: English in the templates, every other language from its ``.po`` file.

A translator adds only ``translations/<tag>/LC_MESSAGES/messages.po``: it is compiled in memory at
first use, so there is no ``.mo`` file to forget or to become outdated.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from quiz import translations as tongues


def compiled(po: bytes, language: str) -> Translations:
    """Return the translations of a ``.po`` file's content."""
    catalogue = read_po(BytesIO(po), locale=locale_of(language))
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return Translations(binary)


@cache
def shipped(language: str) -> Translations:
    """Return the package's translations into a language; empty for English."""
    path = tongues.FOLDER / language / "LC_MESSAGES" / "messages.po"
    return compiled(path.read_bytes(), language) if path.exists() else Translations()


@cache
def locale_of(language: str) -> Locale:
    """Return Babel's locale for a language: that of its base where the tag is unknown, else
    English.
    """
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(tongues.SOURCE)
