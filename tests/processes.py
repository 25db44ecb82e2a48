"""Servers as processes: what works in them, and how to make an end of one whole."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the worker processes of a server, without the helper of Python's that starts later ones."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"resource_tracker" not in _command(pid)]


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it ended in the meantime
        return b""


def gone(process: subprocess.Popen[bytes]) -> None:
    """Kill a host whole: its workers would go on without the process that started them."""
    children = workers(process)
    assert children
    process.kill()
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    process.wait(timeout=10)
