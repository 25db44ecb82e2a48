"""Choosing statements for a lesson of 15, 30 or 45 minutes."""

from __future__ import annotations

from random import Random
from typing import Final

from quiz.classroom.tally import Distribution
from quiz.content.catalogue import AGREE, DISAGREE, Catalogue

MINUTES: Final = (15, 30, 45)
EACH: Final = 3
START: Final = 3
INVENTED: Final = 24


def number_for(minutes: int) -> int:
    """Return how many statements a class can answer and talk about: three minutes each.

    >>> [number_for(minutes) for minutes in MINUTES]
    [4, 9, 14]
    """
    return (minutes - START) // EACH


def minutes_for(number: int) -> int:
    """Return about how long a class needs for so many statements."""
    return START + EACH * number


def pick(catalogue: Catalogue, number: int) -> list[str]:
    """Pick statements to talk about: those with both sides first, from each theme in turn."""
    themes: dict[str, list[tuple[bool, int, int]]] = {theme.id: [] for theme in catalogue.themes}
    for column, statement in enumerate(catalogue.statements):
        codes = catalogue.matrix[:, column].tolist()
        both = AGREE in codes and DISAGREE in codes
        known = codes.count(AGREE) + codes.count(DISAGREE)
        themes[statement.theme].append((both, known, -column))
    queues = [sorted(entries, reverse=True) for entries in themes.values() if entries]
    chosen: list[int] = []
    while queues and len(chosen) < number:
        for queue in queues:
            if queue and len(chosen) < number:
                chosen.append(-queue.pop(0)[2])
        queues = [queue for queue in queues if queue]
    return [catalogue.statements[column].id for column in sorted(chosen)]


def for_length(catalogue: Catalogue, minutes: str) -> list[str]:
    """Pick statements for a lesson of 15, 30 or 45 minutes, as a form says it; none for anything else."""
    if minutes not in {str(number) for number in MINUTES}:
        return []
    return pick(catalogue, number_for(int(minutes)))


def invented(statement: str) -> Distribution:
    """Return what the invented pupils of a rehearsal answered: always the same for a statement."""
    answers = Random(statement).choices(("agree", "neutral", "disagree"), (5, 2, 4), k=INVENTED)  # noqa: S311
    count = [answers.count(word) for word in ("agree", "neutral", "disagree")]
    return Distribution(statement, *count)
