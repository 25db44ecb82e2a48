"""The placeholder texts that ‘quiz new’ writes, in each language of the interface."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "description": {
        "en": "Say in one or two sentences what this quiz is about.",
        "nl": "Zeg in een of twee zinnen waar deze stemhulp over gaat.",
    },
    "theme": {"en": "First theme", "nl": "Eerste thema"},
    "text": {
        "en": "Write a proposal here that parties disagree on.",
        "nl": "Schrijf hier een voorstel waar partijen het niet over eens zijn.",
    },
    "explanation": {
        "en": "Say what is the case now, and what would change.",
        "nl": "Zeg hoe het nu is, en wat er zou veranderen.",
    },
    "argument_for": {"en": "One argument for.", "nl": "Eén argument voor."},
    "argument_against": {"en": "One argument against.", "nl": "Eén argument tegen."},
}
"""Purpose → language → words. Other languages get the English."""

PLACEHOLDERS: Final = frozenset(
    words for by_language in WORDS.values() for words in by_language.values()
)
