"""Medians, and medians of pairs: calls that are compared take turns, so that both see the same
load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """One measurement: what, how much, the goal, and whether it was reached."""

    what: str
    value: str
    wanted: str
    reached: bool | None

    def __str__(self) -> str:
        mark = {True: "yes", False: "NO", None: ""}[self.reached]
        return f"{self.what:<70} {self.value:>16}   {self.wanted:<18} {mark}"


def seconds(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def each(call: Callable[[], object], *, times: int, rounds: int) -> float:
    """Return the median, over rounds, of the mean seconds of a call."""

    def many() -> None:
        for _ in range(times):
            call()

    many()
    return median(seconds(many) / times for _ in range(rounds))


def paired(calls: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, list[float]]:
    """Run all calls in turn, round after round, and return the seconds of each by round."""
    for call in calls.values():
        call()
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            times[name].append(seconds(call))
    return times


def ratio(times: Mapping[str, list[float]], over: str, under: str) -> float:
    """Return the median over rounds of one call's seconds in another's."""
    return median(a / b for a, b in zip(times[over], times[under], strict=True))
