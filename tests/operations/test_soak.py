"""Minutes of mixed load: no error, and no memory that grows."""

from __future__ import annotations

import os
import random
import re
import threading
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from quiz.content import Catalogue
from quiz.content.paths import shipped
from tests.operations.conftest import Server, Start
from tests.processes import workers

MINUTES = float(os.environ.get("SOAK_MINUTES", "3"))
WORDS = ("agree", "neutral", "disagree", "skip")
STATEMENTS = 5
A_WORKER = 130
"""The most that a worker may take, in megabytes."""


def memory(server: Server) -> int:
    """Return the memory of all workers in kilobytes, shared parts counted once."""
    pids = workers(server.process)
    rows = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return sum(int(re.search(r"Pss:\s+(\d+)", row)[1]) for row in rows)  # type: ignore[index]


class Browser:
    """Somebody who asks, with cookies of their own."""

    def __init__(self, server: Server, seed: int) -> None:
        self.server, self.rng = server, random.Random(seed)
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.requests = 0

    def ask(self, path: str, body: bytes | None = None, kind: str = "", status: int = 200) -> str:
        headers = {"Content-Type": kind} if kind else {}
        if path.endswith("/result"):
            headers["Accept-Encoding"] = self.rng.choice(("", "br", "zstd"))
        request = urllib.request.Request(self.server.address + path, body, headers)
        try:
            with self.opener.open(request, timeout=10) as response:
                got, text = response.status, response.read()
        except HTTPError as refused:
            with refused:
                got, text = refused.code, refused.read()
        assert got == status, f"{path}: {got}"
        self.requests += 1
        return str(text.decode(errors="replace"))

    def send(self, path: str, **form: str) -> str:
        return self.ask(path, urlencode(form).encode())


class Crowd(Browser):
    """Voters, readers, programs and those who mistype."""

    def __init__(self, server: Server, catalogue: Catalogue, seed: int) -> None:
        super().__init__(server, seed)
        self.ids = [entry.id for entry in catalogue.statements]
        self.parties = [party.id for party in catalogue.parties]

    def one(self) -> None:
        language = self.rng.choice(("nl", "en"))
        form = {f"answer.{name}": self.rng.choice(WORDS) for name in self.ids}
        form[f"answer.{self.ids[0]}"] = "agree"
        match self.rng.randrange(8):
            case 0 | 1 | 2:
                doubled = [("double", name) for name in self.rng.sample(self.ids, 3)]
                chosen = [("party", name) for name in self.rng.sample(self.parties, 3)]
                some = chosen if self.rng.random() < 0.2 else []
                self.ask(
                    f"/{language}/result", urlencode([*form.items(), *doubled, *some]).encode()
                )
            case 3:
                self.ask(f"/{language}/quiz")
            case 4:
                self.ask(f"/{language}/statements/{self.rng.choice(self.ids)}")
            case 5:
                self.ask(f"/{language}/search?q={self.rng.choice(('cloud', 'stroom', 'x'))}")
            case 6:
                self.ask(f"/{language}/result", b"answer.nobody=agree", status=400)
            case _:
                body = f'{{"answers": {{"{self.rng.choice(self.ids)}": "disagree"}}}}'.encode()
                self.ask("/api/v1/match", body, "application/json")


class School(Browser):
    """One lesson after another: an educator, six pupils, some statements, the board, the summary.

    A lesson is long enough for an hour of them to stay far below the cap on kept classes.
    """

    def one(self) -> None:
        board = Browser(self.server, self.rng.randrange(2**30))
        board.send("/nl/class", way="together", length="all")
        page = board.ask("/nl/class/board")
        code = re.search(r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', page)
        news = re.search(r'data-state="([^"]+)"', page)
        assert code
        assert news
        pupils = [Browser(self.server, self.rng.randrange(2**30)) for _ in range(6)]
        for pupil in pupils:
            pupil.send("/nl/class/join", code=code[1])
        board.send("/nl/class/board", action="begin")
        for _ in range(STATEMENTS):
            for pupil in pupils:
                self._answer(pupil)
                board.ask(news[1])
            for action in ("close", "next"):
                board.send("/nl/class/board", action=action)
        board.send("/nl/class/board", action="end", sure="yes")
        summary = board.ask("/nl/class/summary")
        assert "6 leerlingen deden mee" in summary
        self.requests += board.requests + sum(pupil.requests for pupil in pupils)

    def _answer(self, pupil: Browser) -> None:
        page = pupil.ask("/nl/class/seat")
        offered = re.findall(r'name="(answer\.[\w-]+)"\s+value="(\w+)"', page)
        assert len(offered) == 3, page
        name, value = self.rng.choice(offered)
        response = pupil.send("/nl/class/seat", **{name: value, "action": "send"})
        assert "Verstuurd:" in response


@pytest.mark.slow
def test_minutes_of_mixed_load(serve: Start, shipped_catalogue: Catalogue) -> None:
    server = serve("--workers", "2", "--content", str(shipped()))
    end = time.monotonic() + 60 * MINUTES
    failed: list[str] = []
    broken = threading.Event()
    crowds: list[Crowd | School] = [Crowd(server, shipped_catalogue, seed) for seed in range(4)]
    crowds += [School(server, seed) for seed in range(2)]

    def run(crowd: Crowd | School) -> None:
        while time.monotonic() < end and not broken.is_set():
            try:
                crowd.one()
            except (OSError, AssertionError) as error:
                failed.append(repr(error))
                broken.set()

    threads = [threading.Thread(target=run, args=(crowd,)) for crowd in crowds]
    for thread in threads:
        thread.start()
    broken.wait(60 * MINUTES / 3)  # growth counts from here on: a third of the load, or an error
    early, answered = memory(server), sum(crowd.requests for crowd in crowds)
    for thread in threads:
        thread.join()
    assert not failed
    # the control: there was load before memory was looked at, and more than as much after it
    assert answered > 300
    assert sum(crowd.requests for crowd in crowds) > max(1000, 2 * answered)
    assert all(crowd.requests > 30 for crowd in crowds)
    late = memory(server)
    assert late < 1.1 * early + 4096, (early, late)
    assert late < 2 * A_WORKER * 1024, f"two workers hold {late} kB"
