"""What was probably meant: a remedy made of what somebody wrote."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from quiz.content.schema import COLOR, CONTACT, FORMS, LANGUAGE, SLUG, URL
from quiz.content.slugs import slug

SYNONYMS: Final = {
    "yes": "agree", "y": "agree", "true": "agree", "on": "agree", "eens": "agree", "ja": "agree",
    "for": "agree", "pro": "agree", "1": "agree", "+1": "agree",
    "no": "disagree", "n": "disagree", "false": "disagree", "off": "disagree",
    "oneens": "disagree", "nee": "disagree", "against": "disagree", "contra": "disagree",
    "-1": "disagree",
    "neutraal": "neutral", "0": "neutral",
    "concept": "draft", "definitief": "final", "live": "published", "public": "published",
}  # fmt: skip
"""What people write for a value that has another name here."""

LANGUAGES: Final = {
    "dutch": "nl", "nederlands": "nl", "ned": "nl", "nld": "nl", "english": "en", "engels": "en",
    "eng": "en", "uk": "en", "german": "de", "deutsch": "de", "duits": "de", "french": "fr",
    "frans": "fr", "français": "fr",
}  # fmt: skip

DAY: Final = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})")
CURLY: Final = "“”„‘’‚«»"
COMMA: Final = "A comma within {…} ends a text: put the whole text in quotes."


def number(given: Any) -> str:
    """Return how to write a whole number.

    >>> number("12"), number("p. 12"), number("twelve")
    ('Digits, unquoted.', 'Digits alone: 12.', 'Digits, unquoted.')
    """
    digits = re.findall(r"\d+", given) if isinstance(given, str) else []
    if digits and digits[0] != given:
        return f"Digits alone: {digits[0]}."
    return "Digits, unquoted."


def day(given: Any) -> str:
    """Return how to write a day.

    >>> day("29-10-2025"), day("2025-02-30"), day("29/2/2025")
    ("Did you mean '2025-10-29'?", 'Year, month and day, like 2025-10-29.', 'Year, month and day, like 2025-10-29.')
    """
    if isinstance(given, str) and (found := DAY.fullmatch(given.strip())):
        first, month, year = map(int, found.groups())
        try:
            return f"Did you mean {date(year, month, first).isoformat()!r}?"
        except ValueError:
            pass
    return "Year, month and day, like 2025-10-29."


def form(pattern: str, given: str) -> str:
    """Return how to write a value that has a form of its own, like an id or a colour.

    >>> form(SLUG, "“Ban Datacenters”"), form(COLOR, "502379"), form(URL, "www.volt.nl")
    ("Did you mean 'ban-datacenters'?", 'Did you mean "#502379"?', "Did you mean 'https://www.volt.nl'?")
    """
    bare = given.strip().strip(CURLY)
    meant = ""
    if pattern == SLUG:
        meant = slug(bare)[:80]
    elif pattern == LANGUAGE:
        meant = LANGUAGES.get(bare.lower(), bare.lower())
    elif pattern == COLOR and re.fullmatch(COLOR, f"#{bare.lstrip('#')}"):
        return f'Did you mean "#{bare.lstrip("#")}"?'
    elif pattern in {URL, CONTACT} and "." in bare:
        meant = f"https://{bare}"
    if meant and re.fullmatch(pattern, meant):
        return f"Did you mean {meant!r}?"
    return FORMS[pattern][1]
