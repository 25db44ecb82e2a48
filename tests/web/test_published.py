"""What is made of a catalogue is made once, however many ask for it at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

from quiz.content import Catalogue
from quiz.web.published import Published

MEETING = 0.5


def test_many_readers_at_once_make_it_once(catalogue: Catalogue) -> None:
    """Without the lock two makers meet at the barrier."""
    now, second_maker, made = Published(catalogue), Barrier(2), list[int]()

    def make() -> object:
        made.append(1)
        with suppress(BrokenBarrierError):
            second_maker.wait(timeout=MEETING)
        return object()

    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(lambda _: now.once("figures", make), range(4)))
    assert len(made) == 1
    assert len(set(map(id, found))) == 1
