"""How much a first visit and a result weigh over the wire, from the running production server."""

from __future__ import annotations

import random
import re
import urllib.request
from urllib.parse import urlencode

import brotli
import pytest

from quiz.content import Catalogue
from tests.web.test_any_content import Serve, parties_yaml, quiz_yaml

KILOBYTE = 1024


def fetch(address: str, data: bytes | None = None, encoding: str = "br") -> tuple[bytes, int]:
    """Return the body as sent, and its size with the headers."""
    request = urllib.request.Request(address, data=data, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.headers["Content-Encoding"] == encoding
        body = response.read()
        return body, len(body) + len(str(response.headers))


def test_first_visit_and_quiz_stay_light(site: str) -> None:
    for start in ("/nl/", "/en/quiz"):
        body, size = fetch(site + start)
        page = re.sub(r'<link rel="prefetch"[^>]*>', "", brotli.decompress(body).decode())  # later
        links = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        files = set(links)
        if start.endswith("quiz"):
            version = links[0].rsplit("/", 1)[0]
            files |= {f"{version}/{name}.js" for name in ("memory", "connection", "parties_say")}
        total = size + sum(fetch(site + link)[1] for link in files)
        assert total <= 25 * KILOBYTE, f"{start} weighs {total} bytes"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip"])
@pytest.mark.parametrize("way", ["agree", "neutral", "disagree", "mixed", "all"])
def test_result_stays_light(
    site: str, shipped_catalogue: Catalogue, way: str, encoding: str
) -> None:
    """Of voters who say the same throughout, of one who says all sorts, and with all of it doubled."""
    chance = random.Random(7)
    words = ("agree", "neutral", "disagree")
    answers: list[tuple[str, str]] = []
    for entry in shipped_catalogue.statements:
        word = way if way in words else chance.choice(words)
        answers.append((f"answer.{entry.id}", word))
        if way == "all" or (way == "mixed" and chance.random() < 0.3):
            answers.append(("double", entry.id))
    for language in ("nl", "en"):
        body, _ = fetch(f"{site}/{language}/result", urlencode(answers).encode(), encoding)
        assert len(body) <= 12 * KILOBYTE, f"the result weighs {len(body)} bytes"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip"])
def test_the_largest_usual_quiz_stays_light(serve_content: Serve, encoding: str) -> None:
    """40 parties, each with a position on every one of 38 statements."""
    words = "De overheid moet in 2030 helemaal gestopt zijn met de software van bedrijven buiten Europa,"
    client = serve_content(quiz_yaml(["nl"], 38, words=words), parties_yaml(40, 38))
    answers = {f"answer.these-{number}": "and"[number % 3] for number in range(38)}
    response = client.post("/nl/result", data=answers, headers={"Accept-Encoding": encoding})
    assert response.headers["Content-Encoding"] == encoding
    assert len(response.get_data()) <= 40 * KILOBYTE
