"""Counts are exact over several workers, at a separate address, and have nothing about a person."""

from __future__ import annotations

import http.client
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.operations.conftest import Start, free_port


def sums(text: str) -> dict[str, float]:
    return {
        name: float(value) for name, value in re.findall(r"^(quiz_\S+) (\S+)$", text, re.MULTILINE)
    }


def test_the_workers_counts_add_up(serve: Start) -> None:
    port = free_port()
    server = serve("--workers", "2", QUIZ_METRICS=f"127.0.0.1:{port}")
    answers = urlencode({"answer.leave-microsoft": "agree"}).encode()

    def ask(number: int) -> None:
        urllib.request.urlopen(f"{server.address}/nl/result", answers, timeout=10).close()
        urllib.request.urlopen(f"{server.address}/nl/quiz", timeout=10).close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(150)))
    for code in ("AAAAAAA", "BBBBBBB"):
        with pytest.raises(HTTPError) as refused:
            urllib.request.urlopen(
                f"{server.address}/nl/class/join", urlencode({"code": code}).encode(), timeout=10
            )
        refused.value.close()
        assert refused.value.code == 400
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as page:
        text = page.read().decode()
    totals = sums(text)
    assert totals['quiz_requests_total{method="POST",page="voter.result",status="200"}'] == 150
    assert totals['quiz_requests_total{method="GET",page="voter.quiz",status="200"}'] == 150
    assert totals['quiz_request_seconds_count{page="voter.result"}'] == 150
    assert totals['quiz_events_total{event="result"}'] == 150
    assert totals['quiz_events_total{event="wrong_code"}'] == 2
    assert "AAAAAAA" not in text
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(f"{server.address}/metrics", timeout=5)
    refused.value.close()
    assert refused.value.code == 404  # never where voters are


def test_labels_come_from_closed_lists_and_times_are_whole_seconds(serve: Start) -> None:
    port = free_port()
    server = serve(QUIZ_METRICS=f"127.0.0.1:{port}")
    place = server.address.removeprefix("http://")
    for number in range(50):
        asking = http.client.HTTPConnection(place, timeout=10)
        asking.request(f"INVENTED{number}", "/nl/quiz", headers={"Host": f"host{number}.example"})
        asking.getresponse().read()
        asking.close()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as page:
        text = page.read().decode()
    assert "INVENTED" not in text
    assert "example" not in text
    assert sums(text)['quiz_requests_total{method="other",page="none",status="405"}'] == 50
    times = {name: value for name, value in sums(text).items() if "seconds_sum" in name}
    assert times
    assert all(value.is_integer() for value in times.values())


def test_another_server_says_what_it_cannot_count(
    content_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    create_app(Settings(content=content_folder, metrics="127.0.0.1:9100"))
    assert "only ‘quiz serve’ can add up its workers" in caplog.text


def test_a_taken_address_is_said_in_words(serve: Start) -> None:
    port = free_port()
    serve(QUIZ_METRICS=f"127.0.0.1:{port}")
    with pytest.raises(AssertionError, match="QUIZ_METRICS: cannot listen on"):
        serve(QUIZ_METRICS=f"127.0.0.1:{port}")
