"""Quotes in their sources: what passes, and each way in which one can be wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from quiz.content.checks.quotes import Verified
from quiz.translations.commands import speaking
from tests.content.quoted import QUOTE_LINE, WHOLE, refused, verify


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (WHOLE, {}),
        ("in 2030 volledig  overgestapt\nop eigen systemen", {}),
        ("Wij zien de risico’s van verouderde systemen en ‘oude’ contracten.", {}),
        ("Voor energieinfrastructuur en water - en wegbeheer is veel nodig", {}),
        ("Voor energieinfrastructuur en water - en wegbeheer is veel nodig...", {}),
        ("Wij laten het bouwen van software", {"party": "beta"}),
        ("Wij bouwen aan een digitale overheid", {"source": "book", "page": 2}),
        ("werkt voor iedereen in ons land", {"source": "book", "page": 2}),
        ("De voorzieningen blijven overal bereikbaar voor", {"source": "book", "page": 2}),
        ("Een weg- en waterdienst blijft publiek.", {"source": "book", "page": 3}),
        ("loopt hier over de rand van het blad heen naar", {"source": "book", "page": 4}),
    ],
)
def test_a_quote_that_is_in_its_source_is_verified(
    folder: Path, text: str, more: dict[str, object]
) -> None:
    verified, problems = verify(folder, text, **more)  # type: ignore[arg-type]
    assert problems == []
    assert verified == Verified(quotes=1)


def test_a_quote_changed_by_any_letter_fails(folder: Path) -> None:
    for index, letter in enumerate(WHOLE):
        if not letter.isalnum():
            continue
        for changed in (
            WHOLE[:index] + ("x" if letter != "x" else "y") + WHOLE[index + 1 :],
            WHOLE[:index] + WHOLE[index + 1 :] if index > 0 else WHOLE.replace("De", "Dde"),
        ):
            problem = refused(folder, changed)
            assert problem.line == QUOTE_LINE
            assert problem.message == "This quote is not in its source."


WRONG: Final = [
    (
        "De overheid is in 2030 geheel overgestapt",
        {},
        "This quote is not in its source.",
        "It agrees up to ‘De overheid is in 2030’; then the source has ‘ volledig overgestapt",
    ),
    (
        "Wij zien de risico's van verouderde systemen",
        {},
        "This quote is not in its source.",
        "Only the quotation marks differ: ‘ ’ “ ” are not ' and \".",
    ),
    (
        "wij zien de risico’s van verouderde systemen",
        {},
        "This quote is not in its source.",
        "Only capital letters differ.",
    ),
    (
        f"“{WHOLE}”",
        {},
        "This quote is not in its source.",
        "Leave out the quotation marks around it.",
    ),
    (
        "Wij laten het bouwen van software",
        {},
        "This quote is not in its source.",
        "It stands on line 6, outside alfa’s 1–4.",
    ),
    (
        "dat de overheid snel van Microsoft af gaat",
        {},
        "This quote is not in its source.",
        "Line 1 is a summary, not the party’s words: put it in ‘summary’.",
    ),
    (
        WHOLE,
        {"key": "summary"},
        "This summary is not in its source.",
        "Line 2 is a quote: put it in ‘quotes’.",
    ),
    (
        "volledig overgestapt op eigen systemen.” “Wij zien de risico’s",
        {},
        "This quote is not in its source.",
        "",
    ),
    (
        "is veel nodig... Daarna komt de rest.",
        {},
        "This quote runs across an ellipsis.",
        "Make two quotes of it.",
    ),
    (
        "Voor energie-infrastructuur en water - en wegbeheer",
        {},
        (
            "This quote differs in spaces or hyphens: ‘energieinfrastructuur’ in the source, "
            "‘energie-infrastructuur’ here."
        ),
        "Keep the spelling of the source.",
    ),
    (
        "verheid is in 2030 volledig overgestapt",
        {},
        "This quote cuts the word ‘overheid’.",
        "Quote it whole.",
    ),
    (
        "Onze belofte staat twee keer in dit boek.",
        {"source": "book", "page": 3},
        "This quote stands in its source 2 times (page 3, page 4).",
        "Quote a few words more, so that it is found once.",
    ),
    (
        "Dit is een wenselijke ontwikkeling",
        {"source": "book"},
        "This quote is not in its source.",
        "It agrees up to ‘Dit is een’; then the source has",
    ),
    (
        "wenselijke ontwikkeling voor het land.",
        {"source": "book"},
        "This quote cuts the word ‘onwenselijke’.",
        "Quote it whole.",
    ),
]


@pytest.mark.parametrize(("text", "more", "message", "hint"), WRONG)
def test_each_way_to_be_wrong_is_told(
    folder: Path, text: str, more: dict[str, object], message: str, hint: str
) -> None:
    problem = refused(folder, text, **more)
    assert problem.line == QUOTE_LINE
    assert problem.message == message
    assert problem.hint.startswith(hint)


ENGLISH = {"the", "quote", "source", "here", "page", "line", "letter", "then", "this", "not", "it"}


@pytest.mark.parametrize(("text", "more"), [case[:2] for case in WRONG])
def test_in_dutch_no_word_of_it_is_english(
    folder: Path, text: str, more: dict[str, object]
) -> None:
    with speaking("nl"):
        problem = refused(folder, text, **more)
    ours = re.sub("‘[^’]*’", "", f"{problem.message} {problem.hint}")
    words = set(re.findall(r"\w+", ours.casefold()))
    assert words & {"citaat", "bron", "samenvatting"}
    assert words & ENGLISH == set()


def test_a_short_quote_is_refused(folder: Path) -> None:
    _, problems = verify(folder, "De overheid is in 2030")
    assert [(problem.line, problem.message) for problem in problems] == [
        (QUOTE_LINE, "This quote has 22 characters; it needs 25.")
    ]


def test_a_wrong_page_is_named_with_the_right_one(folder: Path) -> None:
    problem = refused(folder, "Wij bouwen aan een digitale overheid", source="book", page=3)
    assert (problem.line, problem.message, problem.hint) == (
        QUOTE_LINE + 2,
        "This quote is on page 2, not 3.",
        "Write page: 2.",
    )


def test_a_summary_is_looked_up_among_summaries(folder: Path) -> None:
    verified, problems = verify(folder, "dat de overheid snel van Microsoft af gaat", key="summary")
    assert (verified, problems) == (Verified(summaries=1), [])


def test_spaces_that_columns_leave_within_a_word_are_a_warning(folder: Path) -> None:
    verified, problems = verify(
        folder, "Energie is voor ieder huis betaalbaar", source="book", page=4
    )
    assert verified == Verified(quotes=1)
    assert [(problem.warning, problem.line) for problem in problems] == [(True, QUOTE_LINE)]
    assert "‘Ener gie’ in the source, ‘Energie’ here" in problems[0].message


def test_a_missing_page_is_a_warning_that_names_it(folder: Path) -> None:
    verified, problems = verify(folder, "Wij bouwen aan een digitale overheid", source="book")
    assert verified == Verified(quotes=1)
    assert [
        (problem.warning, problem.line, problem.message, problem.hint) for problem in problems
    ] == [(True, QUOTE_LINE, "This quote has no page.", "Write page: 2.")]
