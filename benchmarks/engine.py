"""The kernel and the audit, on 18 parties and 36 statements."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import numpy as np

from benchmarks.timing import Row, each, paired, ratio, seconds
from quiz.audit.voters import first_places, uniform
from quiz.content.catalogue import NONE
from quiz.matching import METHODS, Kernel, Scores
from quiz.matching.firmness import firmness

PARTIES, STATEMENTS = 18, 36


def run(*, quick: bool) -> Iterator[Row]:
    rng = np.random.default_rng(1)
    positions = rng.integers(-1, 2, (PARTIES, STATEMENTS)).astype(np.int8)
    positions[rng.random(positions.shape) < 0.5] = NONE
    kernel = Kernel(positions, method=METHODS["city-block"], prior=6, min_compared=2)
    yield from _one(kernel, rng, quick=quick)
    yield from _many(kernel, rng, voters=50_000 if quick else 1_000_000, rounds=1 if quick else 9)
    yield from _audit(kernel, quick=quick)


def _one(kernel: Kernel, rng: np.random.Generator, *, quick: bool) -> Iterator[Row]:
    answers = rng.integers(-1, 2, STATEMENTS).astype(np.int8)
    answers[:3] = NONE
    weights = rng.integers(1, 3, STATEMENTS)
    for what, call, wanted in (
        ("one voter", lambda: kernel.score(answers), 150),
        ("one voter, weights of 1 and 2", lambda: kernel.score(answers, weights), 150),
        (
            "one voter, with leading group, leave-one-out and all methods",
            lambda: firmness(kernel, answers, weights),
            1000,
        ),
    ):
        micros = 1e6 * each(call, times=20 if quick else 2000, rounds=3 if quick else 15)
        yield Row(what, f"{micros:.1f} µs", f"at most {wanted} µs", micros <= wanted)


def _many(kernel: Kernel, rng: np.random.Generator, *, voters: int, rounds: int) -> Iterator[Row]:
    answers = rng.integers(-1, 3, (voters, STATEMENTS), np.int8)
    weights = rng.integers(1, 3, answers.shape, np.int8)
    hot = np.empty((voters, 3, STATEMENTS), np.float32)
    for code in (-1, 0, 1):
        hot[:, code + 1] = answers == code
    one_hot, table = hot.reshape(voters, -1), rng.random((3 * STATEMENTS, 2 * PARTIES), np.float32)
    product = np.empty((voters, 2 * PARTIES), np.float32)
    match_out = np.empty((voters, PARTIES))
    single, double = Scores.empty(voters, PARTIES, single=True), Scores.empty(voters, PARTIES)
    times = paired(
        {
            "product": lambda: np.matmul(one_hot, table, out=product),
            "match": lambda: kernel.match(answers, out=match_out),
            "all": lambda: kernel.score(answers, out=single),
            "double": lambda: kernel.score(answers, out=double),
            "weighted": lambda: kernel.score(answers, weights, out=single),
        },
        rounds=rounds,
    )

    def speed(name: str) -> str:
        return f"{voters / median(times[name]) / 1e6:.2f} M voters/s"

    match, everything = ratio(times, "product", "match"), ratio(times, "product", "all")
    yield Row("bare float32 one-hot product, (V, 108) × (108, 36)", speed("product"), "", None)
    yield Row("many voters, match (float64)", speed("match"), "", None)
    yield Row("… in one-hot products", f"{match:.2f}", "at least 0.8", match >= 0.8)
    yield Row("many voters, all columns (float32, as files hold them)", speed("all"), "", None)
    yield Row("… in one-hot products", f"{everything:.2f}", "at least 0.25", everything >= 0.25)
    yield Row("many voters, all columns (float64)", speed("double"), "", None)
    yield Row("… in one-hot products", f"{ratio(times, 'product', 'double'):.2f}", "", None)
    yield Row("many voters, all columns, weights of 1 and 2", speed("weighted"), "", None)


def _audit(kernel: Kernel, *, quick: bool) -> Iterator[Row]:
    names = tuple(map(str, range(PARTIES)))

    def places(voters: int) -> None:
        first_places(kernel, names, "random", uniform(STATEMENTS), voters=voters, seed=1)

    places(1)
    million = 10_000 if quick else 1_000_000
    duration = median(seconds(lambda: places(million)) for _ in range(1 if quick else 5))
    yield Row(
        f"audit, {million:,} random voters, first places and ties",
        f"{duration:.2f} s",
        "at most 0.5 s",
        duration <= 0.5,
    )
    ten = seconds(lambda: places(10 * million))
    yield Row(f"audit, {10 * million:,} random voters", f"{ten:.2f} s", "", None)
