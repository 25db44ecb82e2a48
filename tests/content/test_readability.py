"""Reading ease: the published formulas, worked out by hand."""

from __future__ import annotations

import pytest

from quiz.content.checks.readability import reading_ease, syllables, words


def test_dutch_is_flesch_douma() -> None:
    text = "De overheid moet stoppen. Zij bouwt zelf software."
    # 8 words, 2 sentences; De o-ver-heid moet stop-pen zij bouwt zelf soft-wa-re: 13 syllables
    expected = 206.84 - 0.93 * 8 / 2 - 77 * 13 / 8
    assert reading_ease(text, "nl") == pytest.approx(expected)


def test_english_is_flesch() -> None:
    text = "The government must open its data. All of us pay for it."
    # 12 words, 2 sentences; gov-ern-ment, o-pen, da-ta: 12 + 2 + 1 + 1 = 16 syllables
    expected = 206.835 - 1.015 * 12 / 2 - 84.6 * 16 / 12
    assert reading_ease(text, "en") == pytest.approx(expected)


def test_german_is_amstad() -> None:
    text = "Der Staat baut ein Netz."
    assert reading_ease(text, "de") == pytest.approx(180 - 5 - 58.5 * 5 / 5)


@pytest.mark.parametrize(
    ("word", "count"),
    [("ministeries", 4), ("mooie", 2), ("geëist", 2), ("vrijheid", 2), ("leeuw", 1), ("AVG", 3),
     ("2030", 4), ("museum", 2), ("beëindigen", 4), ("b", 1)],
)  # fmt: skip
def test_dutch_syllables(word: str, count: int) -> None:
    assert syllables(word, "nl") == count


def test_harder_words_and_longer_sentences_read_worse() -> None:
    easy = reading_ease("Wij doen dat nu. Het is klaar.", "nl")
    hard = reading_ease("Digitale overheidsinfrastructuur vereist interoperabiliteit.", "nl")
    assert easy is not None
    assert hard is not None
    assert easy > hard


def test_no_words_or_no_weights_means_no_score() -> None:
    assert reading_ease("…", "nl") is None
    assert reading_ease("Bonjour.", "fr") is None


def test_a_dot_in_a_number_ends_no_sentence() -> None:
    joined = reading_ease("Het kost 1.000 euro.", "nl")
    assert joined == pytest.approx(206.84 - 0.93 * 5 - 77 * (1 + 1 + 1 + 3 + 2) / 5)


def test_words_are_counted_as_people_do() -> None:
    assert words("EU-landen mogen dat – als het kan – zelf.") == 7
    assert words("") == 0
