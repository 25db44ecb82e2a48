"""Searching statements and quotes."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from quiz.content.catalogue import Catalogue, Party, Statement
from quiz.content.sorting import sort_key


class Hit(NamedTuple):
    """A statement that was found, in its ``text`` or ``explanation``, and parties by their
    quotes.
    """

    statement: Statement
    parties: list[Party]
    text: bool
    explanation: bool


def search(catalogue: Catalogue, words: str, language: str) -> list[Hit]:
    """Return statements that contain all words, or whose quotes do, with the parties of those
    quotes.

    Case and accents make no difference. Statements whose own text contains the words come first,
    then those with the most such quotes. Parties are in order of name.
    """
    wanted = _fold(words).split()
    by_name = sorted(catalogue.parties, key=lambda party: sort_key(party.name, language))
    hits = []
    for statement in catalogue.statements:
        text, explanation = (
            _holds(catalogue.quiz.say(each, language)[0], wanted)
            for each in (statement.text, statement.explanation)
        )
        parties = [
            party
            for party in by_name
            if statement.id in party.positions and _holds(_evidence(party, statement), wanted)
        ]
        if parties or text or explanation:
            hits.append(Hit(statement, parties, text, explanation))
    return sorted(hits, key=lambda each: (not each.text, not each.explanation, -len(each.parties)))


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Return the start and end of each occurrence of the words in a text, in order.

    >>> places("Eén café, één CAFÉ", "cafe")
    [(4, 8), (14, 18)]

    """
    letters = [(at, letter) for at, character in enumerate(text) for letter in _fold(character)]
    folded = "".join(letter for _, letter in letters)
    spans: list[tuple[int, int]] = []
    for word in set(_fold(words).split()):
        start = folded.find(word)
        while start >= 0:
            spans.append((letters[start][0], letters[start + len(word) - 1][0] + 1))
            start = folded.find(word, start + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _evidence(party: Party, statement: Statement) -> str:
    quotes = party.positions[statement.id].quotes
    return " ".join([party.name, *(quote.text for quote in quotes)])


def _holds(text: str, wanted: list[str]) -> bool:
    folded = _fold(text)
    return all(word in folded for word in wanted)


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
