"""What an onlooker can learn of answers who sees only how long responses are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from flask import Response
from flask.testing import FlaskClient

from quiz.content.catalogue import CODES
from quiz.web import wire

VOTERS = 1000
STEP = 32
MOST_BITS = 0.1
BY_CHANCE = 1 / len(CODES)
Sizes = Mapping[str, int]
"""What a response weighs by the answer that it is to, all else being the same."""


def length(client: FlaskClient, path: str, sent: Mapping[str, str], encoding: str = "zstd") -> int:
    """Return what a response weighs on the wire, headers included."""
    response = client.post(path, data=sent, headers={"Accept-Encoding": encoding}, buffered=True)
    assert response.status_code == 200
    return len(response.get_data()) + sum(
        len(name) + len(value) + 4 for name, value in response.headers
    )


def bits(seen: Sequence[tuple[str, int]], step: int = STEP) -> float:
    """Estimate the mutual information of answers and lengths, less what chance alone would show.

    Lengths are taken ``step`` bytes together, so that enough voters fall on each.
    """
    pairs = Counter((word, size // step) for word, size in seen)
    words, sizes = Counter(), Counter()  # type: ignore[var-annotated]
    for (word, size), number in pairs.items():
        words[word] += number
        sizes[size] += number
    total = len(seen)
    found = sum(
        number / total * math.log2(number * total / (words[word] * sizes[size]))
        for (word, size), number in pairs.items()
    )
    chance = (len(words) - 1) * (len(sizes) - 1) / (2 * total * math.log(2))
    return found - chance


def right(seen: Sequence[tuple[str, int]], step: int = STEP) -> float:
    """Return how often a classifier that learned on one half names the answer in the other."""
    half = len(seen) // 2
    learned = Counter((size // step, word) for word, size in seen[:half])
    guesses = [
        max(CODES, key=lambda word: learned[size // step, word]) == truth
        for truth, size in seen[half:]
    ]
    return sum(guesses) / len(guesses)


def voters(sizes: Sizes, *, filled: bool) -> list[tuple[str, int]]:
    """Let voters differ in one answer alone, which an onlooker who knows all others looks for."""
    words, seen = list(CODES), []
    for number in range(VOTERS):
        word, response = words[number % 3], Response()
        if filled:
            wire.fill(response)
        seen.append((word, sizes[word] + len(response.headers.get(wire.FILLING, ""))))
    return seen


def tell_nothing(found: Sequence[Sizes]) -> None:
    """Assert that filled responses do not part the answers, even for one who knows all others."""
    seen = [voters(sizes, filled=True) for sizes in found]
    assert sum(map(bits, seen)) / len(seen) < MOST_BITS
    assert sum(map(right, seen)) / len(seen) < BY_CHANCE + 0.08
    assert max(map(bits, seen)) < 3 * MOST_BITS


def tell_when_bare(found: Sequence[Sizes]) -> None:
    """Assert that without the filling there is something to hide, and that these measures see it."""
    told = [sizes for sizes in found if len(set(sizes.values())) == len(CODES)]
    assert len(told) > len(found) / 4
    for sizes in told:
        seen = voters(sizes, filled=False)
        assert bits(seen, step=1) > 1
        assert right(seen, step=1) > 0.9
