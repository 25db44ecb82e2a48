"""Mapping a scale of steps to our three positions."""

from __future__ import annotations


def position_at(step: int, steps: int) -> str:
    """Return the position for a step, counted from 0, on a scale that begins with disagreement.

    Steps below the middle are disagreement, steps above it agreement.

    >>> [position_at(step, 5) for step in range(5)]
    ['disagree', 'disagree', 'neutral', 'agree', 'agree']
    >>> [position_at(step, 4) for step in range(4)]
    ['disagree', 'disagree', 'agree', 'agree']
    """
    return position_of(2 * step - (steps - 1))


def position_of(value: float) -> str:
    """Return the position of a value on a scale around 0."""
    return "agree" if value > 0 else "disagree" if value < 0 else "neutral"
