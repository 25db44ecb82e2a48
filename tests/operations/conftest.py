"""Servers of a test's own, started as an operator starts them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import until_up

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    address: str
    process: subprocess.Popen[bytes]
    output: Path

    def get(self, path: str, timeout: float = 5) -> str:
        with urllib.request.urlopen(self.address + path, timeout=timeout) as response:
            return str(response.read().decode())

    def wait(self) -> None:
        until_up(f"{self.address}/healthz", self.process, self.output)


Start = Callable[..., Server]


@pytest.fixture
def serve(content_folder: Path, tmp_path: Path) -> Iterator[Start]:
    """Start ``quiz serve`` on the small quiz, with settings and options; stopped at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str, project: Path = ROOT, **settings: str) -> Server:
        port = free_port()
        output = tmp_path / f"output-{port}.log"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder),
                 "--port", str(port), "--no-watch", *options],
                cwd=project, stdout=file, stderr=subprocess.STDOUT,
                env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/classes.sqlite",
                                  "QUIZ_STATE": str(tmp_path / "state")} | settings,
            )  # fmt: skip
        started.append(process)
        server = Server(f"http://127.0.0.1:{port}", process, output)
        server.wait()
        return server

    yield start
    for process in started:
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
