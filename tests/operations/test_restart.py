"""A graceful restart loses no request; stopping ends what is running."""

from __future__ import annotations

import signal
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.operations.conftest import Start


@pytest.mark.slow
def test_a_restart_under_load_fails_no_request(serve: Start) -> None:
    server = serve("--workers", "2")
    stop, answered, failed = threading.Event(), [0] * 6, []
    answers = urlencode({"answer.leave-microsoft": "agree"}).encode()

    def ask(number: int) -> None:
        while not stop.is_set():
            try:
                with urllib.request.urlopen(
                    f"{server.address}/nl/result", answers, timeout=10
                ) as page:
                    assert page.status == 200
                    page.read()
                answered[number] += 1
            except (OSError, AssertionError) as error:
                failed.append(repr(error))

    before = children(server.process.pid)
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(1)
        server.process.send_signal(signal.SIGHUP)
        time.sleep(9)  # the workers are replaced one by one
    stop.set()
    for thread in threads:
        thread.join()
    assert not failed
    assert min(answered) > 10
    assert not before & children(server.process.pid)  # the control: they were replaced


def children(parent: int) -> set[str]:
    return set(Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
