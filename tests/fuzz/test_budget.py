"""What is counted as a hang, and what is not."""

from __future__ import annotations

import gc
import time

import pytest

from tests.fuzz.budget import HANG, at_once


class Ring:
    """Something that only a collection can free."""

    freed = 0

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Ring.freed += 1


def test_work_of_over_a_second_is_a_hang() -> None:
    def work() -> None:
        end = time.thread_time() + HANG
        while time.thread_time() < end:
            pass

    with pytest.raises(AssertionError, match="a long one"), at_once("a long one"):
        work()


def test_only_rubbish_of_the_request_is_collected_in_its_time() -> None:
    gc.collect()
    Ring.freed = 0
    Ring()
    with at_once("a short one"):
        Ring()
        gc.collect()
        assert Ring.freed == 1
    gc.collect()
    assert Ring.freed == 2


def test_an_error_of_the_request_is_not_hidden() -> None:
    frozen = gc.get_freeze_count()
    with pytest.raises(ValueError, match="odd"), at_once("an odd one"):
        raise ValueError("odd")
    assert gc.get_freeze_count() == frozen
