"""The production server: granian, by its public interface, tested with the versions in
pyproject.toml.

On SIGHUP workers are replaced one by one, provided that the new release starts.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Final

import click
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

if TYPE_CHECKING:
    from granian.server.common import AbstractServer

APP: Final = "quiz.web.app:create_app"
OURS: Final = {signal.SIGINT, signal.SIGHUP}
"""Signals for the main process only; Ctrl-C and a closed terminal send them to the workers too."""

CONNECTIONS: Final = 4096
"""The connections that a worker accepts; more wait in the backlog."""

REQUESTS: Final = 2048
"""The threads of a worker. Many, since a request may wait for its body; most are idle."""

OVERLAP: Final = 5.0
"""Seconds during which a worker and its replacement both serve: enough for it to start."""

TRIAL: Final = 60.0
"""Seconds in which a new release must start; else the workers stay."""

NOT_TAKEN: Final = "The code on disk does not start. Still serving with what was loaded."

MALLOC: Final = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 24),
}
"""Settings of glibc's malloc for the workers: all threads share two arenas.

By default each thread has its own, which keeps as much memory as its largest page took: after an
hour of load that was half of a worker's memory.
"""


def run(host: str, port: int, workers: int, ready: Callable[[], None], app: str = APP) -> None:
    """Serve the app that the environment describes until stopped; call ``ready`` once it accepts
    requests.
    """
    # New workers then import the new release's code.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ.update({name: os.environ.get(name, value) for name, value in MALLOC.items()})
    _allow_files()
    server = Granian(
        app,
        factory=True,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        backpressure=CONNECTIONS,
        blocking_threads=REQUESTS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        respawn_interval=OVERLAP,
        log_level=LogLevels.error,
    )

    @server.on_startup
    def begin() -> None:
        _take_signals(server)
        threading.Thread(target=_announce, args=(host, port, ready), daemon=True).start()

    server.serve()


def _take_signals(server: AbstractServer[Any]) -> None:
    """Handle Ctrl-C and hangups in the main process, and keep them from the workers.

    The main thread blocks these signals, and workers inherit that. So another thread receives them;
    the interpreter writes each one to a socket, from which that thread reads.
    """
    receiver, sender = socket.socketpair()
    sender.setblocking(False)
    signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
    # Granian's own handler would not try the new release first.
    signal.signal(signal.SIGHUP, lambda *_: None)
    threading.Thread(target=_obey, args=(server, receiver, sender), daemon=True).start()
    resource_tracker.ensure_running()  # its start would unblock Ctrl-C again
    signal.pthread_sigmask(signal.SIG_BLOCK, OURS)


def _obey(server: AbstractServer[Any], heard: socket.socket, _told: socket.socket) -> None:
    while number := heard.recv(1):
        if number[0] == signal.SIGINT:
            server.signal_handler_interrupt()  # type: ignore[no-untyped-call]
        elif number[0] == signal.SIGHUP:
            if _starts():
                server.signal_handler_reload()  # type: ignore[no-untyped-call]
            else:
                click.echo(NOT_TAKEN, err=True)


def _starts() -> bool:
    trial = multiprocessing.Process(target=rehearse)
    trial.start()
    trial.join(TRIAL)
    trial.kill()
    return trial.exitcode == 0


def rehearse() -> None:
    """Create the app once in another process, to see whether workers of the release on disk
    would start.
    """
    try:
        from quiz.web.app import create_app  # noqa: PLC0415  # the release on disk

        create_app()
    except Exception as error:  # noqa: BLE001  # whatever is wrong with it
        sys.exit(f"{type(error).__name__}: {error}")


def _announce(host: str, port: int, ready: Callable[[], None]) -> None:
    while True:
        with suppress(OSError):
            socket.create_connection((host, port), timeout=1).close()
            ready()
            return
        time.sleep(0.05)


def _allow_files() -> None:
    """Raise the limit of file descriptors, usually 1,024, to one per connection where allowed."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * CONNECTIONS
    if now != resource.RLIM_INFINITY and now < wanted:
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
