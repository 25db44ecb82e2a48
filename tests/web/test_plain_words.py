"""The interface's own Dutch is plain: short sentences, common words, easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest
from babel.messages.pofile import read_po

from quiz import translations as tongues
from quiz.content.checks.readability import SENTENCE_END, reading_ease, words

MOST_WORDS: Final = 20
LEAST_EASE: Final = 45.0
FEWEST_WORDS: Final = 8  # a shorter text is a name or a button; one long word would decide
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]")
MARKUP: Final = re.compile(r"<[^>]+>")
HARD: Final = re.compile(
    r"overeenstemming|cityblock|kwadrati|denkbeeldig|bevoordel|willekeurig|logboek|reservekopie|voorop\b",
    re.IGNORECASE,
)


def faults(text: str) -> list[str]:
    plain = MARKUP.sub("", PLACEHOLDER.sub("3", text))
    problems = [
        f"{words(sentence)} words: {sentence.strip()}"
        for sentence in SENTENCE_END.split(plain)
        if words(sentence) > MOST_WORDS
    ]
    problems += [f"hard word: {word}" for word in HARD.findall(plain)]
    ease = reading_ease(plain, "nl")
    if ease is not None and words(plain) >= FEWEST_WORDS and ease < LEAST_EASE:
        problems.append(f"reading ease {ease:.0f}: {text}")
    return problems


def dutch() -> Iterator[str]:
    with (tongues.FOLDER / "nl" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                one_or_more = message.string
                yield from [one_or_more] if isinstance(one_or_more, str) else one_or_more or ()


def test_dutch_of_the_interface_is_plain() -> None:
    texts = list(dutch())
    assert len(texts) > 300
    assert [fault for text in texts for fault in faults(text)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (" ".join(["woord"] * 21) + ".", "21 words"),
        ("De regel is kwadratisch.", "hard word: kwadrati"),
        ("Dit staat in %(number)d logboeken.", "hard word: logboek"),
        (
            "Ministeries implementeren nu samen met de provincies interdepartementale digitaliseringsmaatregelen.",
            "reading ease",
        ),
    ],
)
def test_text_that_is_not_plain_is_found(text: str, fault: str) -> None:
    assert any(problem.startswith(fault) for problem in faults(text))


def test_placeholder_and_markup_count_as_what_the_reader_sees() -> None:
    assert faults("<b>%(same)d van de %(compared)d</b> hetzelfde") == []
    assert faults(" ".join(["woord"] * 19) + " %(party)s.") == []
