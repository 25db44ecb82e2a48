"""An onlooker who sees only lengths learns nothing of the answers; without the filling they would."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from flask import Flask, Response

from quiz.content import Catalogue
from quiz.content.catalogue import CODES
from quiz.web import wire

VOTERS = 1000
BIN = 32
MOST_BITS = 0.1
ENCODINGS = ("zstd", "br", "gzip")


def length(app: Flask, answers: Mapping[str, str], path: str, encoding: str = "zstd") -> int:
    """Return what a response weighs on the wire, headers included."""
    response = app.test_client().post(
        path, data=answers, headers={"Accept-Encoding": encoding}, buffered=True
    )
    assert response.status_code == 200
    return len(response.get_data()) + sum(
        len(name) + len(value) + 4 for name, value in response.headers
    )


def bits(seen: Sequence[tuple[str, int]]) -> float:
    """Estimate the mutual information of answers and lengths, less what chance alone would show."""
    pairs = Counter((word, size // BIN) for word, size in seen)
    words, sizes = Counter(), Counter()  # type: ignore[var-annotated]
    for (word, size), number in pairs.items():
        words[word] += number
        sizes[size] += number
    total = len(seen)
    information = sum(
        number / total * math.log2(number * total / (words[word] * sizes[size]))
        for (word, size), number in pairs.items()
    )
    chance = (len(words) - 1) * (len(sizes) - 1) / (2 * total * math.log(2))
    return information - chance


def right(seen: Sequence[tuple[str, int]]) -> float:
    """Return how often a classifier that learned on one half names the answer in the other."""
    half = len(seen) // 2
    learned = Counter((size // BIN, word) for word, size in seen[:half])
    guesses = [
        max(CODES, key=lambda word: learned[size // BIN, word]) == truth
        for truth, size in seen[half:]
        for size in [size]
    ]
    return sum(guesses) / len(guesses)


def everything(catalogue: Catalogue) -> dict[str, str]:
    words = list(CODES)
    return {
        f"answer.{entry.id}": wire.value_of(entry, words[number * 7 % 3])
        for number, entry in enumerate(catalogue.statements)
    }


@pytest.fixture(scope="module")
def bare(shipped_app: Flask, shipped_catalogue: Catalogue) -> list[dict[str, int]]:
    """What the three answers to a statement weigh without the filling, all others being the same.

    For every statement with all others answered, then for one that is the voter's only answer.
    """
    rest = everything(shipped_catalogue)
    lengths = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "MOST_FILLING", 0)
        for others, statements in (
            (rest, shipped_catalogue.statements),
            ({}, shipped_catalogue.statements[:1]),
        ):
            for statement in statements:
                name = f"answer.{statement.id}"
                sizes = {
                    word: length(
                        shipped_app, others | {name: wire.value_of(statement, word)}, "/nl/result"
                    )
                    for word in CODES
                }
                lengths.append(sizes)
    return lengths


def voters(sizes: Mapping[str, int], *, filled: bool) -> list[tuple[str, int]]:
    """Let voters differ in one answer alone, which an onlooker who knows all others looks for."""
    words, seen = list(CODES), []
    for number in range(VOTERS):
        word, response = words[number % 3], Response()
        if filled:
            wire.fill(response)
        seen.append((word, sizes[word] + len(response.headers.get(wire.FILLING, ""))))
    return seen


def test_lengths_of_responses_tell_nothing(bare: list[dict[str, int]]) -> None:
    """Even to an onlooker who knows all other answers of a voter."""
    seen = [voters(sizes, filled=True) for sizes in bare]
    assert sum(map(bits, seen)) / len(seen) < MOST_BITS
    assert sum(map(right, seen)) / len(seen) < 1 / 3 + 0.08
    assert max(map(bits, seen)) < 3 * MOST_BITS


def test_without_the_filling_they_tell_nearly_every_answer(bare: list[dict[str, int]]) -> None:
    """Control: there is something to hide, and these measures see it."""
    measured = [voters(sizes, filled=False) for sizes in bare if len(set(sizes.values())) == 3]
    assert len(measured) > len(bare) / 4
    known = [sizes for sizes in measured if bits(sizes) > 1]
    assert known
    assert all(right(seen) > 0.9 for seen in known)


@pytest.mark.parametrize("path", ["/nl/result", "/nl/quiz", "/nl/result.json"])
def test_every_response_to_answers_is_filled_by_another_amount(
    shipped_app: Flask, shipped_catalogue: Catalogue, path: str
) -> None:
    sent = everything(shipped_catalogue)
    fillings = {
        len(shipped_app.test_client().post(path, data=sent).headers[wire.FILLING])
        for _ in range(20)
    }
    assert len(fillings) > 10
    assert max(fillings) <= wire.MOST_FILLING


def test_requests_are_equally_long_whatever_is_answered(shipped_catalogue: Catalogue) -> None:
    for statement in shipped_catalogue.statements:
        assert len({len(wire.value_of(statement, word)) for word in CODES}) == 1
