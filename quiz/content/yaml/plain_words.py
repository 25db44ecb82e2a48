"""How YAML reads an unquoted text: shared by reading and writing."""

from __future__ import annotations

import re
from typing import Final

SWITCHES: Final = frozenset({"yes", "no", "on", "off", "y", "n"})
BOOLEANS: Final = {"true": True, "false": False}
NULLS: Final = frozenset({"", "~", "null"})
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
NAME: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9./:_-]*[A-Za-z0-9/_-])?")


def needs_quotes(text: str) -> bool:
    """Return whether a text needs quotes to be read back as the same text.

    >>> [needs_quotes(text) for text in ("leave-microsoft", "no", "123", "Ja: nee", "")]
    [False, True, True, True, True]

    """
    small = text.lower()
    return small in SWITCHES | NULLS | BOOLEANS.keys() or not NAME.fullmatch(text)
