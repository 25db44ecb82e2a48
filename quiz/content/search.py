"""Finding words in statements and quotes."""

from __future__ import annotations

import unicodedata

from quiz.content.catalogue import Catalogue, Party, Statement


def search(catalogue: Catalogue, words: str, language: str) -> list[tuple[Statement, list[Party]]]:
    """Return statements that hold all words, or whose quotes do, with those quotes' parties.

    Capitals and accents make no difference. Parties stand by name.
    """
    wanted = _fold(words).split()
    found = []
    for statement in catalogue.statements:
        texts = (statement.text, statement.explanation)
        own = " ".join(catalogue.quiz.say(text, language)[0] for text in texts)
        parties = [
            party
            for party in sorted(catalogue.parties, key=lambda party: party.name.casefold())
            if statement.id in party.positions and _holds(_evidence(party, statement), wanted)
        ]
        if parties or _holds(own, wanted):
            found.append((statement, parties))
    return found


def _evidence(party: Party, statement: Statement) -> str:
    quotes = party.positions[statement.id].quotes
    return " ".join([party.name, *(quote.text for quote in quotes)])


def _holds(text: str, wanted: list[str]) -> bool:
    folded = _fold(text)
    return all(word in folded for word in wanted)


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
