"""What many threads ask at the same time is worked out by one of them for all.

A page that is made for one voter is arithmetic on small arrays and joining of strings: a call of
numpy costs far more than its arithmetic, code and tables have left the processor's cache when the
next request comes, and threads take the interpreter from each other. So who waits is served together.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Turns(Generic[Asked, Found]):
    """A line of threads that each ask for something, and are served in the order they came.

    ``work`` finds what several ask for; it is given at most ``most`` at once. Who comes first finds
    for those behind as well; who then is first finds for the next.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Found]], most: int) -> None:
        self._work, self._most = work, most
        self._line: deque[_Turn[Asked, Found]] = deque()
        self._lock = Lock()
        self._busy = False

    def of(self, asked: Asked) -> Found:
        """Wait and return what was found.

        Raises what ``work`` raises to the one who works; who stands behind is then served by the next.
        """
        turn: _Turn[Asked, Found] = _Turn(asked)
        turn.called.acquire()
        with self._lock:
            self._line.append(turn)
            first, self._busy = not self._busy, True
        if not first:
            turn.called.acquire()
        return turn.found[0] if turn.found else self._serve()

    def _serve(self) -> Found:
        """Work for the first in the line and those behind, and return what the first asked for."""
        number = 0
        while number < len(self._line):
            number = len(self._line)
            os.sched_yield()  # who waits for the interpreter comes into the line
        with self._lock:
            turns = list(islice(self._line, self._most))
        found: Sequence[Found] = ()
        try:
            found = self._work([turn.asked for turn in turns])
        finally:
            with self._lock:
                for _ in turns[: max(1, len(found))]:
                    self._line.popleft()
                self._busy = bool(self._line)
                if self._busy:
                    self._line[0].called.release()
            for turn, its in zip(turns, found, strict=False):
                turn.found = (its,)
                turn.called.release()
        return found[0]


class _Turn(Generic[Asked, Found]):
    __slots__ = ("asked", "called", "found")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.found: tuple[()] | tuple[Found] = ()
        self.called = Lock()
