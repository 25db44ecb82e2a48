"""Slugs: ids made of words."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """Turn a name into an id.

    >>> slug("50+")
    '50plus'
    >>> slug("3-Tempolimit auf Autobahnen"), slug("BÜNDNIS 90/DIE GRÜNEN"), slug("ÖDP")
    ('3-tempolimit-auf-autobahnen', 'bundnis-90-die-grunen', 'odp')

    """
    spelt = text.replace("ß", "ss").replace("+", "plus")
    plain_letters = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain_letters.decode().lower()).strip("-")[:80].strip("-")
