"""Hints: a remedy derived from what somebody wrote."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from quiz.content.problems import meant as did_mean
from quiz.content.slugs import slug
from quiz.content.values import COLOR, CONTACT, FORMS, LANGUAGE, SLUG, URL
from quiz.translations.commands import tr

SYNONYMS: Final = {
    "yes": "agree", "y": "agree", "true": "agree", "on": "agree", "eens": "agree", "ja": "agree",
    "for": "agree", "pro": "agree", "1": "agree", "+1": "agree",
    "no": "disagree", "n": "disagree", "false": "disagree", "off": "disagree",
    "oneens": "disagree", "nee": "disagree", "against": "disagree", "contra": "disagree",
    "-1": "disagree", "−1": "disagree", "–1": "disagree",
    "neutraal": "neutral", "0": "neutral", "geen van beide": "neutral",
    "mee eens": "agree", "niet mee eens": "disagree", "voor": "agree", "tegen": "disagree",
    "stimme zu": "agree", "stimme nicht zu": "disagree", "zustimmung": "agree",
    "ablehnung": "disagree", "dafür": "agree", "dagegen": "disagree", "nein": "disagree",
    "d'accord": "agree", "pas d'accord": "disagree", "pour": "agree", "contre": "disagree",
    "oui": "agree", "non": "disagree", "neutre": "neutral", "neither": "neutral",
    "موافق": "agree", "غير موافق": "disagree", "محايد": "neutral",
    "أوافق": "agree", "لا أوافق": "disagree", "لا هذا ولا ذاك": "neutral",
    "weder noch": "neutral", "ni l'un ni l'autre": "neutral",
    "concept": "draft", "definitief": "final", "live": "published", "public": "published",
}  # fmt: skip
"""What people write for a value that has another name here."""

YES_AND_NO: Final = {
    "yes": True, "y": True, "true": True, "1": True, "on": True, "ja": True, "j": True,
    "waar": True, "wahr": True, "oui": True, "vrai": True, "نعم": True,
    "no": False, "n": False, "false": False, "0": False, "off": False, "nee": False,
    "onwaar": False, "nein": False, "falsch": False, "non": False, "faux": False, "لا": False,
}  # fmt: skip
"""What people and spreadsheets write for yes and no."""

LANGUAGES: Final = {
    "dutch": "nl", "nederlands": "nl", "ned": "nl", "nld": "nl", "english": "en", "engels": "en",
    "eng": "en", "uk": "en", "german": "de", "deutsch": "de", "duits": "de", "french": "fr",
    "frans": "fr", "français": "fr",
}  # fmt: skip

DAY: Final = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})")
CURLY: Final = "“”„‘’‚«»"


def synonym(word: str) -> str | None:
    """Return our word for somebody's, in small or capital letters, with any apostrophe.

    >>> synonym("D’accord"), synonym("perhaps")
    ('agree', None)
    """
    return SYNONYMS.get(word.casefold().replace("’", "'"))


def number(value: Any) -> str:
    """Return how to write a whole number.

    >>> number("12"), number("p. 12"), number("twelve")
    ('Digits, unquoted.', 'Digits alone: 12.', 'Digits, unquoted.')
    """
    digits = re.findall(r"\d+", value) if isinstance(value, str) else []
    if digits and digits[0] != value:
        return tr("Digits alone: %(value)s.", value=digits[0])
    return tr("Digits, unquoted.")


def day(value: Any) -> str:
    """Return how to write a day.

    >>> day("29-10-2025"), day("2025-02-30"), day("29/2/2025")
    ("Did you mean '2025-10-29'?", 'Year, month and day, like 2025-10-29.', 'Year, month and day, like 2025-10-29.')

    """
    if isinstance(value, str) and (written := DAY.fullmatch(value.strip())):
        first, month, year = map(int, written.groups())
        try:
            return did_mean(date(year, month, first).isoformat())
        except ValueError:
            pass
    return tr("Year, month and day, like 2025-10-29.")


def form(pattern: str, value: str) -> str:
    """Return how to write a value with a fixed form, like an id or a colour.

    >>> form(SLUG, "“Ban Datacenters”"), form(COLOR, "502379"), form(URL, "www.volt.nl")
    ("Did you mean 'ban-datacenters'?", 'Did you mean "#502379"?', "Did you mean 'https://www.volt.nl'?")

    """
    bare = value.strip().strip(CURLY)
    meant = ""
    if pattern == SLUG:
        meant = slug(bare)[:80]
    elif pattern == LANGUAGE:
        meant = LANGUAGES.get(bare.lower(), bare.lower())
    elif pattern == COLOR and re.fullmatch(COLOR, f"#{bare.lstrip('#')}"):
        return tr("Did you mean %(word)s?", word=f'"#{bare.lstrip("#")}"')
    elif pattern in {URL, CONTACT} and "." in bare:
        meant = f"https://{bare}"
    if meant and re.fullmatch(pattern, meant):
        return did_mean(meant)
    return tr(FORMS[pattern][1])
