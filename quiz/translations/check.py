"""Checking a ``.po`` file: what is wrong with it, and what is left to translate."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from quiz.translations import FOLDER
from quiz.translations.commands import tr

PLACE: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
LINE: Final = re.compile(
    r'(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) )?"(?:[^"\\]|\\.)*"|#.*|\s*'
)
MODEL: Final = FOLDER / "nl" / "LC_MESSAGES" / "messages.po"
"""A complete translation: it names every text of the interface."""


def faults(path: Path) -> list[tuple[int, str]]:
    """Return what keeps a file from being used, each with its line (0: the whole file)."""
    try:
        Locale.parse(path.stem, sep="-")
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if not LINE.fullmatch(line):  # Babel would read on and lose this entry
                return [
                    (number, tr('A line is msgid or msgstr and a text in "…", or starts with #.'))
                ]
        catalog = read_po(BytesIO(text.encode()), abort_invalid=True)
    except (UnknownLocaleError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            return [(0, tr("The file is not UTF-8."))]
        return [
            (
                0,
                tr(
                    "%(name)s is no language: name the file by its tag, like pl.po.",
                    name=repr(path.stem),
                ),
            )
        ]
    except PoFileError as error:
        return [
            (
                getattr(error, "lineno", 0) or 0,
                tr("The file cannot be read: %(reason)s.", reason=error),
            )
        ]
    except OSError as error:
        return [(0, tr("The file cannot be read: %(reason)s.", reason=error.strerror))]
    return [(message.lineno or 0, fault) for message in catalog if (fault := fault_of(message))]


def fault_of(message: Message) -> str | None:
    """Say which placeholder a translation lacks or has invented."""
    if not message.id or message.fuzzy:
        return None
    expected = set(PLACE.findall(" ".join(_texts(message.id))))
    for text in filter(None, _texts(message.string)):
        places = set(PLACE.findall(text))
        if extra := places - expected:
            return tr(
                "The translation has %(places)s, which the text does not have.",
                places=", ".join(sorted(extra)),
            )
        if missing := expected - places - {"%(num)d"}:
            return tr("The translation lacks %(places)s.", places=", ".join(sorted(missing)))
        if "%" in PLACE.sub("", text).replace("%%", "") and expected:
            return tr("A % stands alone in the translation; write it twice.")
    return None


def untranslated(path: Path) -> list[Message]:
    """Return the texts of the interface that a file does not translate."""
    own = _read(path)
    return [message for message in _read(MODEL) if message.id and not _done(own.get(message.id))]


def completed(path: Path, language: str) -> Catalog:
    """Return the file with every text of the interface, empty where it has no translation."""
    own = _read(path) if path.exists() else Catalog(language)
    made = Catalog(Locale.parse(language, sep="-"), fuzzy=False, charset="utf-8")
    for message in _read(MODEL):
        if message.id:
            before = own.get(message.id)
            made.add(message.id, before.string if before else None, flags=message.flags)
    return made


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _done(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_texts(message.string))


def _texts(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)
