"""Servers as processes: waiting for them, their workers, and killing one with its workers."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path


def until(reached: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something; fail where it has not happened after so many seconds."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def until_up(
    address: str,
    process: subprocess.Popen[bytes] | subprocess.Popen[str] | None = None,
    output: Path | None = None,
    context: ssl.SSLContext | None = None,
) -> None:
    """Wait until an address answers; fail with the server's output where its process ends first."""

    def is_up() -> bool:
        try:
            urllib.request.urlopen(address, timeout=1, context=context).close()
        except OSError:
            ended = process is not None and process.poll() is not None
            assert not ended, output.read_text() if output else address
            return False
        return True

    until(is_up)


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


def replace_workers(process: subprocess.Popen[bytes]) -> None:
    """Hang up on a server, and wait until all of its workers are new ones."""
    before = workers(process)
    process.send_signal(signal.SIGHUP)
    until(lambda: not set(before) & set(workers(process)))
    until(lambda: len(workers(process)) == len(before))
