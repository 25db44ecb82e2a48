"""Voters of Locust on a core of their own, and one worker on another: how many, how soon, how many fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.load import serving
from benchmarks.timing import Row

VOTERS = 8
KINDS = ("quiz page", "result", "statement page", "party page")


def run(*, quick: bool = False) -> list[Row]:
    program = shutil.which("locust")
    if program is None or (os.cpu_count() or 1) < 2:
        return [Row("voters of Locust", "not measured: needs locust and two cores", "", None)]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address:
        output = subprocess.run(
            ["taskset", "-c", "1", program, "-f", str(Path(__file__).with_name("locustfile.py")),
             "--host", address, "--headless", "--users", str(VOTERS), "--spawn-rate", str(VOTERS),
             "--run-time", "3s" if quick else "30s", "--json", "--loglevel", "ERROR"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    return list(_rows(json.loads(output.stdout)))


def _rows(entries: list[dict[str, Any]]) -> Iterator[Row]:
    seconds = max(entry["last_request_timestamp"] - entry["start_time"] for entry in entries)
    rate = sum(entry["num_requests"] for entry in entries) / seconds
    failed = sum(entry["num_failures"] for entry in entries)
    yield Row(f"requests of {VOTERS} voters at the same time", f"{rate:.0f} a second", "", None)
    for entry in sorted(entries, key=lambda entry: KINDS.index(entry["name"])):
        half, most = (_within(entry, share) for share in (0.5, 0.99))
        yield Row(f"{entry['name']}: half within, 99 of 100 within", f"{half}, {most} ms", "", None)
    yield Row("… that failed", str(failed), "none", failed == 0)


def _within(entry: dict[str, Any], share: float) -> int:
    """Return the milliseconds within which this share was answered, as Locust rounds them."""
    times = sorted((int(time), number) for time, number in entry["response_times"].items())
    left = share * entry["num_requests"]
    for time, number in times:
        left -= number
        if left <= 0:
            return time
    return times[-1][0]
