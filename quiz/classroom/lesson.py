"""Choosing statements for a lesson, and estimating how much time is left, discussion included."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from quiz.classroom.tally import Distribution, State
from quiz.content.catalogue import AGREE, DISAGREE, Catalogue, Statement

MINUTES: Final = (20, 30, 45)
USUAL: Final = 45
START: Final = 5
"""Minutes to join and for the opening question."""
EACH: Final = 5
TALK: Final = 3
"""Of those, minutes to talk after closing."""
END: Final = 5
"""Minutes for the class's result and the exit question."""
INVENTED: Final = 24

DELICATE: Final = re.compile(
    r"afkomst|herkomst|etnici|etnisch|nationaliteit|huidskleur|migra|asielzoek|vluchteling|gelovig"
    r"|geloof(?!waardig)|religi|moslim|islam|jood|joden|christe|hoofddoek|kerk(?:en|elijk)?\b"
    r"|ethnic|origin\b|nationalit|skin colou?r|refugee|asylum|muslim|jewish|headscar|faith|\brace\b",
    re.IGNORECASE,
)


def delicate(statement: Statement) -> bool:
    """Whether a statement is about origin or religion, and might hurt somebody in a class.

    It looks for Dutch and English words, so it is a hint to the teacher, not a judgement.
    """
    texts = [*statement.text.values(), *statement.explanation.values()]
    return any(DELICATE.search(text) for text in texts)


def number_for(minutes: int) -> int:
    """Return how many statements a class can answer and discuss in so many minutes.

    >>> [number_for(minutes) for minutes in MINUTES]
    [2, 4, 7]

    """
    return (minutes - START - END) // EACH


def minutes_left(state: State) -> int:
    """Estimate the minutes that a lesson together still takes, the closing included."""
    if state.phase == "ended":
        return END
    waiting = len(state.statements) - state.position - 1
    now = {"lobby": START + EACH, "open": EACH, "shown": TALK}[state.phase]
    return now + EACH * waiting + END


def pick(catalogue: Catalogue, number: int) -> list[str]:
    """Pick statements to talk about: those with both sides first, from each theme in turn.

    Those about origin or religion are left out; a teacher may pick them.
    """
    themes: dict[str, list[tuple[bool, int, int]]] = {theme.id: [] for theme in catalogue.themes}
    for column, statement in enumerate(catalogue.statements):
        if delicate(statement):
            continue
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
    """Pick statements for a lesson of so many minutes, as sent by a form; none for any other
    value.
    """
    if minutes not in {str(number) for number in MINUTES}:
        return []
    return pick(catalogue, number_for(int(minutes)))


def invented(statement: str) -> Distribution:
    """Return the answers of a rehearsal's invented pupils: always the same for a statement."""
    answers = Random(statement).choices(("agree", "neutral", "disagree"), (5, 2, 4), k=INVENTED)  # noqa: S311
    count = [answers.count(word) for word in ("agree", "neutral", "disagree")]
    return Distribution(statement, *count)
