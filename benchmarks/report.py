"""Writes the measured parts of docs/performance.md, each between its two marks."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.timing import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def write(name: str, rows: Sequence[Row]) -> Path:
    """Replace one part of the page."""
    start, end = f"<!-- {name}: written by make bench -->", f"<!-- end of {name} -->"
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(start)
    after = rest.split(end)[1]
    PAGE.write_text(f"{before}{start}\n\n{part(rows)}\n{end}{after}", encoding="utf-8")
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
