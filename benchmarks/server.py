"""The server: how soon it serves the first page, and how much memory a worker keeps after work."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from os import environ
from pathlib import Path
from statistics import median

from benchmarks.timing import Row

VISITS = ("quiz", "method", "matrix", "statements", "class")


def run(*, quick: bool = False) -> list[Row]:
    starts = [_start() for _ in range(1 if quick else 7)]
    seconds = median(duration for duration, _ in starts)
    memory = max(kept for _, kept in starts)
    return [
        Row(
            "from quiz serve to the first answer",
            f"{seconds:.2f} s",
            "at most 1.5 s",
            seconds <= 1.5,
        ),
        Row(
            "a worker's memory after 80 results in two languages, every kind of page and a class",
            f"{memory} MB",
            "under 120 MB",
            memory < 120,
        ),
    ]


def _start() -> tuple[float, int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        server = subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve", "--port", str(port), "--workers", "1"],
            stdout=subprocess.DEVNULL,
            env=environ | {"DATABASE_URL": f"sqlite:///{folder}/classes.sqlite"},
        )
        try:
            while True:
                try:
                    urllib.request.urlopen(f"{address}/nl/", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.005)
            duration = time.perf_counter() - start
            for language in ("nl", "en"):
                for page in VISITS:
                    urllib.request.urlopen(f"{address}/{language}/{page}").close()
                for _ in range(40):
                    body = b"answer.ai-saves-time=agree"
                    urllib.request.urlopen(f"{address}/{language}/result", body).close()
            teacher = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            teacher.open(f"{address}/nl/class", b"way=own&length=all").close()
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            return duration, max(
                map(_memory, children)
            )  # the worker, and a small helper of Python's
        finally:
            server.terminate()
            server.wait(timeout=15)


def _memory(process: str) -> int:
    """Return how many MB are a process's own, with its part of what it shares."""
    found = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text())
    assert found
    return int(found[1]) // 1024
