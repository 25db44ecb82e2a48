"""The engine's part of docs/performance.md, between its two marks; the rest is left alone."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.timing import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
START, END = "<!-- engine: written by make bench -->", "<!-- end of engine -->"


def write(rows: Sequence[Row]) -> Path:
    """Replace the engine's part of the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{START}\n\n{part(rows)}\n{END}{after}", encoding="utf-8")
    return PAGE


def part(rows: Sequence[Row]) -> str:
    lines = [f"Measured on {datetime.now(UTC):%Y-%m-%d} on {machine()}.", ""]
    lines += ["| what | measured | wanted | reached |", "| --- | ---: | --- | --- |"]
    for row in rows:
        reached = {True: "yes", False: "no", None: ""}[row.reached]
        lines.append(f"| {row.what} | {row.value} | {row.wanted} | {reached} |")
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Describe the processor, the memory and the versions."""
    info = Path("/proc/cpuinfo")
    names = (
        [
            line.split(":")[1].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ]
        if info.exists()
        else []
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{names[0] if names else platform.machine()} ({os.cpu_count()} cores, of which one is used; "
        f"{memory:.0f} GB), {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}"
    )
