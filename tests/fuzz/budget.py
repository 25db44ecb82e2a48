"""How much is fuzzed: little at each change, more by ``make fuzz``, where each run is another."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, settings

BY_HAND = "FUZZ_REQUESTS" in os.environ
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "20000"))
FILES = int(os.environ.get("FUZZ_FILES", "2000"))
HANG = 1.0
BUSY = 10
SHARES = {"api": 20, "voter": 25, "class": 25, "addresses": 20, "bodies": 10}


def share(part: str) -> int:
    """Return how many of the requests one test makes."""
    return REQUESTS * SHARES[part] // sum(SHARES.values())


def examples(number: int) -> settings:
    """Return settings for so many examples; the same ones each time, unless it is done by hand."""
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=not BY_HAND,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def at_once(what: object) -> Iterator[None]:
    """Fail where it takes over a second of this thread's time, or ten on a machine that is busy.

    Rubbish of the request is collected within that time. What the fuzzer made before is not looked
    through: its heap is a hundred times the app's, and one collection of it takes about a second.
    """
    gc.freeze()
    try:
        wall, work = time.perf_counter(), time.thread_time()
        yield
        work, wall = time.thread_time() - work, time.perf_counter() - wall
    finally:
        gc.unfreeze()
    assert work < HANG, what
    assert wall < BUSY * HANG, what
