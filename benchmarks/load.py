"""Pages over HTTP, per second and in units of "hello", requested by wrk from its own core.

"Hello" is a view of this same app that returns one word: with the same headers, JSON log and
metrics. Server and wrk are each kept to one core, and take turns: hello, a page, hello, the next.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks.timing import Row
from quiz.content import load
from quiz.content.paths import shipped
from quiz.web import server
from quiz.web.metrics import publish

VOTERS = 2000
ROUNDS = 5
RESULTS = 150
"""Results a second that one core should give."""

SHARED = 0.8
"""What a page that is the same for everybody should cost at most: this share of a hello's speed."""
SCRIPT = """
local bodies = {%s}
local at = 0
request = function()
  at = at %% #bodies + 1
  return wrk.format("POST", "/nl/result", {["Content-Type"] = "application/x-www-form-urlencoded",
    ["Accept-Encoding"] = "%s"}, bodies[at])
end
"""


def run(*, quick: bool = False) -> list[Row]:
    if not shutil.which("wrk") or (os.cpu_count() or 1) < 2:
        return [Row("pages over HTTP", "not measured: needs wrk and two cores", "", None)]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address:
        return list(_rows(address, Path(folder), rounds=1 if quick else ROUNDS))


@contextmanager
def serving(folder: Path, workers: int = 1) -> Iterator[str]:
    """Serve as in production: one worker on the first core, or more of them on all."""
    with socket.socket() as pages, socket.socket() as metrics:
        pages.bind(("127.0.0.1", 0))
        metrics.bind(("127.0.0.1", 0))
        port, counts = pages.getsockname()[1], metrics.getsockname()[1]
    settings = {
        "QUIZ_ENV": "production", "QUIZ_SECRET_KEY": "k" * 40, "QUIZ_LOG": "json", "QUIZ_WATCH": "yes",
        "QUIZ_METRICS": f"127.0.0.1:{counts}", "DATABASE_URL": f"sqlite:///{folder}/classes.sqlite",
    }  # fmt: skip
    kept = ["taskset", "-c", "0"] if workers == 1 else []
    server = subprocess.Popen(
        [*kept, sys.executable, "-m", "benchmarks.load", str(port), str(workers)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | settings,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        while server.poll() is None:
            try:
                urllib.request.urlopen(f"{address}/hello", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _rows(address: str, folder: Path, *, rounds: int) -> Iterator[Row]:
    catalogue = load(shipped())
    encodings = {"zstd": "gzip, deflate, br, zstd", "brotli": "br"}
    for name, encoding in encodings.items():
        forms = ", ".join(f'"{body}"' for body in bodies([one.id for one in catalogue.statements]))
        (folder / f"{name}.lua").write_text(SCRIPT % (forms, encoding))
    accept = ["-H", "Accept-Encoding: br"]
    calls = {
        "a result, in zstd": ["-s", str(folder / "zstd.lua"), address],
        "a result, in Brotli": ["-s", str(folder / "brotli.lua"), address],
        "the quiz": [*accept, f"{address}/nl/quiz"],
        "a statement": [*accept, f"{address}/nl/statements/{catalogue.statements[0].id}"],
        "a party": [*accept, f"{address}/nl/parties/{catalogue.parties[0].id}"],
    }
    for call in calls.values():
        _rate(call)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    hellos = []
    for _ in range(rounds):
        for name, call in calls.items():
            hellos.append(_rate([f"{address}/hello"]))
            found[name].append((_rate(call), hellos[-1]))
    yield Row("hello over HTTP, one worker on one core", f"{median(hellos):.0f} a second", "", None)
    for name, rates in found.items():
        rate = median(one for one, _ in rates)
        ratio = median(one / hello for one, hello in rates)
        if "result" in name:
            wanted, reached = f"at least {RESULTS} a second", rate >= RESULTS
        else:
            wanted, reached = f"at least {SHARED} hello", ratio >= SHARED
        yield Row(f"{name} over HTTP", f"{rate:.0f} a second, {ratio:.3f} hello", wanted, reached)


def bodies(ids: list[str]) -> Iterator[str]:
    """Return the forms of voters who answer everything, and mark three as important."""
    chance = random.Random(3)
    for _ in range(VOTERS):
        answers = [
            (f"answer.{name}", chance.choice(["agree", "neutral", "disagree"])) for name in ids
        ]
        yield urlencode([*answers, *(("double", name) for name in chance.sample(ids, 3))])


def _rate(call: list[str]) -> float:
    """Return the requests per second of eight connections from the second core."""
    output = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", "-c8", "-d1s", *call],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in output:
        raise RuntimeError(output)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    return float(rate[1]) if rate else 0.0


def _serve(port: int, workers: int) -> None:
    publish(os.environ["QUIZ_METRICS"], lambda: True)
    server.run("127.0.0.1", port, workers, lambda: None, "benchmarks.hello:create")


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
