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

    ``work`` finds what several ask for; it is given at most ``most`` at once. Who is first in the
    line finds for those behind as well, and they find theirs made when their turn comes.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Found]], most: int) -> None:
        self._work, self._most = work, most
        self._line: deque[_Turn[Asked, Found]] = deque()
        self._lock = Lock()

    def of(self, asked: Asked) -> Found:
        """Wait for a turn and return what was found.

        Raises what ``work`` raises when it is given this alone.
        """
        turn: _Turn[Asked, Found] = _Turn(asked)
        turn.called.acquire()
        with self._lock:
            self._line.append(turn)
            first = self._line[0] is turn
        if not first:
            turn.called.acquire()
        try:
            return turn.found[0] if turn.found else self._serve()
        finally:
            with self._lock:
                self._line.popleft()
                if self._line:
                    self._line[0].called.release()

    def _serve(self) -> Found:
        """Work for the first in the line and those behind, and return what the first asked for."""
        waiting = 0
        while waiting < len(self._line):
            waiting = len(self._line)
            os.sched_yield()  # who waits for the interpreter comes into the line
        with self._lock:
            together = list(islice(self._line, self._most))
        try:
            found = self._work([turn.asked for turn in together])
        except Exception:  # noqa: BLE001  # whose it is shows when each is asked alone
            together, found = together[:1], self._work([together[0].asked])
        for turn, its in zip(together, found, strict=True):
            turn.found = (its,)
        return found[0]


class _Turn(Generic[Asked, Found]):
    __slots__ = ("asked", "called", "found")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.found: tuple[()] | tuple[Found] = ()
        self.called = Lock()
