"""Results at a steady rate: a hundred a second, whoever is still waiting, from two workers.

A request's time counts from the moment at which it was due, so that a server that falls behind cannot
hide it. The client is a process of its own, and takes its part of the same cores.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from threading import local

from benchmarks.load import bodies, serving
from benchmarks.timing import Row
from quiz.content import load
from quiz.content.paths import shipped

RATE = 100
SECONDS = 20
CONNECTIONS = 32
WORKERS = 2
KIND = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}


def run(*, quick: bool = False) -> list[Row]:
    if (os.cpu_count() or 1) < WORKERS:
        return [Row("results at a steady rate", "not measured: needs two cores", "", None)]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), WORKERS) as address:
        command = [sys.executable, "-m", "benchmarks.steady", address, str(1 if quick else SECONDS)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    half, most, failed = done.stdout.split()
    what = f"{RATE} results a second on {WORKERS} workers"
    return [
        Row(f"{what}: half within", f"{half} ms", "", None),
        Row("… 99 of 100 within", f"{most} ms", "at most 100 ms", float(most) <= 100),
        Row("… that failed", failed, "none", failed == "0"),
    ]


def ask(address: str, seconds: int) -> str:
    """Ask for results; return the milliseconds of half and of 99 in 100, and how many failed."""
    host = address.removeprefix("http://")
    forms = cycle(bodies([entry.id for entry in load(shipped()).statements]))
    own = local()

    def one(due: float, body: str) -> float | None:
        time.sleep(max(0.0, due - time.perf_counter()))
        if not hasattr(own, "connection"):
            own.connection = http.client.HTTPConnection(host, timeout=30)
        try:
            own.connection.request("POST", "/nl/result", body, KIND)
            response = own.connection.getresponse()
            response.read()
        except OSError:
            own.connection.close()
            return None
        return time.perf_counter() - due if response.status == 200 else None

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(one, [0.0] * CONNECTIONS, forms))  # connections, and what is made once
        start = time.perf_counter() + 0.1
        due = [start + at / RATE for at in range(RATE * seconds)]
        found = list(pool.map(one, due, forms))
    taken = sorted(each for each in found if each is not None)
    half, most = (1000 * taken[int(share * (len(taken) - 1))] for share in (0.5, 0.99))
    return f"{half:.0f} {most:.0f} {len(found) - len(taken)}"


if __name__ == "__main__":
    print(ask(sys.argv[1], int(sys.argv[2])))
