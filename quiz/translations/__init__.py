"""The interface's languages: English in the templates, every other from a ``.po`` file.

The package's own lie here; an operator puts more beside the content, as ``translations/pl.po``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
BESIDE: Final = "translations"
"""The folder beside the content in which an operator keeps further languages."""

SOURCE: Final = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the tags of the package's languages."""
    languages = {path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/messages.po")} | {SOURCE}
    return tuple(sorted(languages))


def beside(content: Path) -> dict[str, Path]:
    """Return the operator's own files by language tag."""
    return {path.stem: path for path in sorted((content / BESIDE).glob("*.po"))}


def spoken(tag: str, known: Collection[str] | None = None) -> str | None:
    """Return the interface's language for a tag: the same, or the same without its region.

    >>> spoken("nl-BE", ["en", "nl"]), spoken("fr", ["en", "nl"])
    ('nl', None)
    """
    known = languages() if known is None else known
    while tag:
        if tag in known:
            return tag
        tag = tag.rpartition("-")[0]
    return None


def offered(content: Iterable[str], known: Collection[str] | None = None) -> tuple[str, ...]:
    """Return those of the content's languages that the interface speaks; else English.

    >>> offered(["nl-BE", "fy", "en"], ["en", "nl"]), offered(["fy"], ["en", "nl"])
    (('nl-BE', 'en'), ('en',))
    """
    return tuple(tag for tag in content if spoken(tag, known)) or (SOURCE,)
