"""Names in the order of the alphabet of the page's language."""

from __future__ import annotations

from functools import cache
from typing import Final
from unicodedata import combining, normalize

AFTER_Z: Final = {
    "sv": "åäö", "fi": "åäö", "da": "æøå", "nb": "æøå", "nn": "æøå", "no": "æøå", "et": "šžõäöü",
}  # fmt: skip
"""Letters that these languages have at the end of their alphabet; elsewhere they stand by their base."""

SPELLED: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def sort_key(name: str, language: str) -> tuple[str, str]:
    """Return a key: without accents and capitals first, and with them between names that are equal.

    >>> sorted(["Zon", "ÖDP", "Piraten", "O"], key=lambda name: sort_key(name, "de"))
    ['O', 'ÖDP', 'Piraten', 'Zon']
    >>> sorted(["Zon", "Öppna", "Piraten"], key=lambda name: sort_key(name, "sv"))
    ['Piraten', 'Zon', 'Öppna']
    """
    folded = name.casefold()
    last = AFTER_Z.get(language.partition("-")[0], "")
    letters = "".join(
        f"z{chr(0xFFF0 + last.index(letter))}" if letter in last else _base(letter)
        for letter in normalize("NFC", folded)
    )
    return letters, name


@cache
def _base(letter: str) -> str:
    plain = "".join(sign for sign in normalize("NFKD", letter) if not combining(sign))
    return plain.translate(SPELLED)
