"""How much a first visit and a result weigh over the wire, from the running production server."""

from __future__ import annotations

import random
import re
import urllib.request
from urllib.parse import urlencode

import brotli
import pytest

from quiz.content import Catalogue

KILOBYTE = 1024


def fetch(address: str, data: bytes | None = None, encoding: str = "br") -> tuple[bytes, int]:
    """Return the body as sent, and its size with the headers."""
    request = urllib.request.Request(address, data=data, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Encoding"] == encoding
        body = answer.read()
        return body, len(body) + len(str(answer.headers))


def test_first_visit_and_quiz_stay_light(site: str) -> None:
    for start in ("/nl/", "/en/quiz"):
        body, size = fetch(site + start)
        links = re.findall(r'(?:href|src)="(/static/[^"]+)"', brotli.decompress(body).decode())
        files = set(links)
        if start.endswith("quiz"):
            version = links[0].rsplit("/", 1)[0]
            files |= {f"{version}/memory.js", f"{version}/connection.js"}
        total = size + sum(fetch(site + link)[1] for link in files)
        assert total <= 25 * KILOBYTE, f"{start} weighs {total} bytes"


@pytest.mark.parametrize("encoding", ["br", "zstd"])
@pytest.mark.parametrize("said", ["agree", "neutral", "disagree", "mixed", "all"])
def test_result_stays_light(
    site: str, shipped_catalogue: Catalogue, said: str, encoding: str
) -> None:
    """Of voters who say the same throughout, of one who says all sorts, and with all of it doubled."""
    chance = random.Random(7)
    words = ("agree", "neutral", "disagree")
    answers: list[tuple[str, str]] = []
    for entry in shipped_catalogue.statements:
        word = said if said in words else chance.choice(words)
        answers.append((f"answer.{entry.id}", word))
        if said == "all" or (said == "mixed" and chance.random() < 0.3):
            answers.append(("double", entry.id))
    _, size = fetch(f"{site}/nl/result", urlencode(answers).encode(), encoding)
    assert size <= 25 * KILOBYTE, f"the result weighs {size} bytes"
    english, _ = fetch(f"{site}/en/result", urlencode(answers).encode(), encoding)
    assert len(english) <= 25 * KILOBYTE, f"the English page weighs {len(english)} bytes"
