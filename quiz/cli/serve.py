"""``quiz serve``: the production server."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import sys
from pathlib import Path
from typing import Final

import click

from quiz.cli.options import content_option, fail, refuse, show_errors
from quiz.content import Catalogue, ContentError
from quiz.web import metrics
from quiz.web.reload import Live, Reload
from quiz.web.settings import Settings, SettingsError

BACKLOG: Final = 1024
"""Connections a worker takes; half as many may send their bodies slowly before it waits for one."""

MEMORY: Final = {
    "MALLOC_ARENA_MAX": (-8, 2),
    "MALLOC_MMAP_THRESHOLD_": (-3, 1 << 20),
    "MALLOC_TRIM_THRESHOLD_": (-1, 1 << 24),
}
"""Settings of glibc's malloc: their names in the environment, their numbers in malloc.h, and values.

The threads of a worker share two heaps. The C library would give each its own, and each keeps the
room of its largest page: after an hour of load that was half of a worker's memory. And room for
pages is kept: to give it back and take it again, page for page, costs 40 faults of memory each.
"""


@click.command("serve")
@content_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--watch/--no-watch",
    default=True,
    show_default=True,
    help="Follow changes of the content within two seconds.",
)
def command(content: Path, host: str, port: int, workers: int, *, watch: bool) -> None:
    """Serve the quiz with the production server."""
    try:
        settings = Settings.from_environment()
        if settings.metrics:
            metrics.publish(settings.metrics)
    except SettingsError as error:
        fail(str(error))
    except OSError as error:
        fail(f"QUIZ_METRICS: cannot listen on {settings.metrics}: {error.strerror}.")
    live = start_or_exit(content)
    catalogue = live.current.catalogue
    check_port(host, port)
    os.environ["QUIZ_CONTENT"] = str(content.absolute())
    os.environ["QUIZ_WATCH"] = "yes" if watch else "no"
    if watch:
        live.watch()
    address = f"[{host}]" if ":" in host else host
    click.echo(
        f"{len(catalogue.parties)} parties, {len(catalogue.statements)} statements, "
        f"{catalogue.position_count} positions, content {catalogue.content_hash[:16]}"
    )
    click.echo(f"Standpunt is at http://{address}:{port}/  (stop with Ctrl-C)")
    run(host, port, workers)


def run(host: str, port: int, workers: int, app: str = "quiz.web.app:create_app") -> None:
    """Run the app that this makes of the environment, until it is stopped."""
    from granian.constants import Interfaces  # noqa: PLC0415  # a second of imports
    from granian.log import LogLevels  # noqa: PLC0415

    from quiz.web.server import Server, work  # noqa: PLC0415
    from quiz.web.static_files import kept_releases  # noqa: PLC0415

    settle_memory()
    server = Server(
        app,
        factory=True,
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        backlog=BACKLOG * workers,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        log_enabled=True,
        log_level=LogLevels.error,
    )
    with kept_releases() as server.releases:
        server.serve(work)


def settle_memory() -> None:
    """Set how threads use memory, in this process and in the workers that it starts."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    for name, (number, value) in MEMORY.items():
        if mallopt and name not in os.environ:  # only glibc has it
            os.environ[name] = str(value)  # for workers that are started afresh
            mallopt(number, value)  # for workers that are forked


def start_or_exit(content: Path, *, drafts: bool = False) -> Live:
    """Load the content; tell the terminal of every later change, or of why it stayed out."""
    try:
        return Live(content, drafts=drafts, tell=tell)
    except ContentError as error:
        refuse(error.problems)


def tell(reload: Reload, catalogue: Catalogue) -> None:
    """Say on the terminal how a reload ended."""
    if reload.problems:
        show_errors(reload.problems)
        click.echo(
            f"Not taken over. Still serving content {catalogue.content_hash[:16]}.", err=True
        )
    else:
        click.echo(f"Changed content: now serving {catalogue.content_hash[:16]}.")


def check_port(host: str, port: int) -> None:
    """Say in words why an address cannot be used, before workers fail on it."""
    try:
        family, kind, number, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        fail(f"The address {host!r} is not known. Use --host 127.0.0.1 for this machine.")
    with socket.socket(family, kind, number) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                fail(f"Port {port} is taken. Choose another: --port {port + 1}.")
            fail(f"Cannot listen on {host}:{port}: {error.strerror}.")
