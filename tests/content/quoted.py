"""A small quiz with one quote, and the sources in which that quote is looked up."""

from __future__ import annotations

import json
from pathlib import Path

from quiz.content import Problem, check
from quiz.content.checks.quotes import Verified, verify_quotes

DOCUMENT = """\
De partij Alfa wil dat de overheid snel van Microsoft af gaat, zo vat iemand samen.
“De overheid is in 2030 volledig overgestapt op eigen systemen.”
“Wij zien de risico’s van verouderde systemen en ‘oude’ contracten.”
“Voor energieinfrastructuur en water - en wegbeheer is veel nodig... Daarna komt de rest.”
De partij Beta laat het over aan de markt, volgens dezelfde samenvatting.
“Wij laten het bouwen van software graag aan de markt over.”
“Het net moet zwaarder, en het net moet zwaarder, zegt men.”
"""

PROGRAMME = (
    "Vooruit\nInhoud\n\f"
    "Wij bouwen aan een digitale over-\nheid die werkt voor ieder-\neen in ons land.\n"
    "De voor\xadzieningen blijven overal bereik\xad\nbaar voor mensen.\f"
    "Een weg- en waterdienst blijft publiek.\nOnze belofte staat twee keer in dit boek.\f"
    "Onze belofte staat twee keer in dit boek. Ener gie is voor ieder huis betaalbaar te houden.\n"
    "Dit is een onwenselijke ontwikkeling voor het land.\n"
    "Een punt van zorg loopt hier over de rand van het blad\fheen naar het volgende.\n"
)


SOURCES = """\
sources:
  - id: doc
    title: Document
    edition: summary
    file: document.txt
    lines: {alfa: [1, 4], beta: [5, 7]}
  - id: book
    title: Vooruit
    edition: final
    file: programmes/alfa.txt
  - id: gone
    title: Niet hier
    edition: final
parties:
  - id: PARTY
    name: Naam
    answers:
      s:
        position: agree
        explicit: true
"""
QUOTE_LINE = SOURCES.count("\n") + 2


def verify(
    folder: Path,
    text: str,
    *,
    source: str = "doc",
    party: str = "alfa",
    page: int | None = None,
    key: str = "quotes",
) -> tuple[Verified, list[Problem]]:
    number = "" if page is None else f"\n            page: {page}"
    entry = f"text: {json.dumps(text, ensure_ascii=False)}\n            source: {source}{number}"
    mark = "- " if key == "quotes" else "  "
    (folder / "party_answers.yaml").write_text(
        SOURCES.replace("PARTY", party) + f"        {key}:\n          {mark}{entry}\n",
        encoding="utf-8",
    )
    answers = check(folder).answers
    before = len(answers.problems)
    verified = verify_quotes(answers, folder / "sources")
    return verified, answers.problems[before:]


def refused(folder: Path, text: str, **more: object) -> Problem:
    verified, problems = verify(folder, text, **more)  # type: ignore[arg-type]
    errors = [problem for problem in problems if not problem.warning]
    assert len(errors) == 1, [problem.message for problem in problems]
    assert verified.quotes + verified.summaries == 0
    assert errors[0].file.endswith("party_answers.yaml")
    return errors[0]


WHOLE = "De overheid is in 2030 volledig overgestapt op eigen systemen."
