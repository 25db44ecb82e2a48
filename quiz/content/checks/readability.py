"""Reading ease by sentence and word length.

Scores run from about 0 (hard) to 100 (easy); 60 to 70 is plain language for most adults. Each
language has its own weights, so scores compare within a language, not across:

- English: 206.835 − 1.015 · (words / sentences) − 84.6 · (syllables / words)  (Flesch 1948)
- Dutch:   206.84 − 0.93 · (words / sentences) − 77 · (syllables / words)  (Douma 1960)
- German:  180 − (words / sentences) − 58.5 · (syllables / words)  (Amstad 1978)

Syllables are estimated from the spelling. A number counts one syllable per digit, and a word in
capitals one per letter: ICT is spoken as three.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
SENTENCE_END: Final = re.compile(r"[.!?…]+(?=\s|[\"”’»)]|$)")

WEIGHTS: Final[Mapping[str, tuple[float, float, float]]] = {
    "en": (206.835, 1.015, 84.6),
    "nl": (206.84, 0.93, 77.0),
    "de": (180.0, 1.0, 58.5),
}

# Letters that form one vowel; a run of vowels is split from the left, longest match first.
SOUNDS: Final[Mapping[str, re.Pattern[str]]] = {
    "nl": re.compile(
        r"tion|ëi|ëe|ïe|öo|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|ij|[aeiouyáàâéèêíìîóòôúùûëïöüä]"
    ),
    "en": re.compile(r"[aeiouyáàâéèêíìîóòôúùûëïöüä]+"),
    "de": re.compile(r"tion|ie|ei|eu|au|äu|ai|aa|ee|oo|[aeiouyäöüáàâéèê]"),
}
SILENT_E: Final = re.compile(r"(?<![aeiouyl])es?$|(?<=[aeiouy]l)es?$")
SILENT_ED: Final = re.compile(r"(?<=[^aeioudty])ed$")


def syllables(word: str, language: str) -> int:
    """Estimate the syllables of a word, at least 1.

    >>> [syllables(word, "nl") for word in ("overheid", "eeuwig", "station", "ICT", "realiteit")]
    [3, 2, 2, 3, 4]
    >>> [syllables(word, "en") for word in ("government", "made", "table", "open", "used")]
    [3, 1, 2, 2, 1]
    """
    if word.isdigit() or (len(word) > 1 and word.isupper()):
        return len(word)
    small = word.lower()
    if language == "en":
        for silent in (SILENT_ED, SILENT_E):
            shorter = silent.sub("", small)
            if shorter != small and SOUNDS["en"].search(shorter):
                small = shorter
                break
    return max(1, len(SOUNDS[language].findall(small)))


def words(text: str) -> int:
    """Count the words of a text by the spaces between them, as people do.

    >>> words("De overheid moet zo’n 5 - 6 datacenters bouwen.")
    8

    """
    return sum(1 for part in text.split() if WORD.search(part))


def reading_ease(text: str, language: str) -> float | None:
    """Return the reading ease of a text, or None without words or weights for its language.

    The region of a language tag makes no difference.

    >>> round(reading_ease("The cat sat on the mat.", "en"), 1)
    116.1
    >>> round(reading_ease("De overheid moet stoppen met Microsoft.", "nl-NL"), 1)
    60.1
    >>> reading_ease("Le chat dort.", "fr") is None
    True
    """
    language = language.split("-", maxsplit=1)[0]
    words = WORD.findall(text)
    if language not in WEIGHTS or not words:
        return None
    base, by_sentence, by_word = WEIGHTS[language]
    sentences = max(1, len(SENTENCE_END.findall(text.strip())))
    spoken = sum(syllables(word, language) for word in words)
    return base - by_sentence * len(words) / sentences - by_word * spoken / len(words)
