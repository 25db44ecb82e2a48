"""``quiz serve``: the production server."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Final

import click

from quiz.cli.options import content_option, fail, refuse, show_errors
from quiz.content import Catalogue, ContentError
from quiz.translations.commands import later, ntr, tr
from quiz.web import metrics
from quiz.web.last_good import LastGood
from quiz.web.reload import Live, Reload
from quiz.web.settings import Settings, SettingsError

HERE: Final = ("127.0.0.1", "::1", "localhost")
TO_ALL: Final = later(
    "Anybody who reaches this address is answered. On the internet, put nginx in front: it keeps slow "
    "and flooding clients away (docs/deploy.md)."
)


@click.command("serve")
@content_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), envvar="PORT",
    help="Port to listen on (else PORT).",
)  # fmt: skip
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--watch/--no-watch",
    default=None,
    help="Follow changes of the content within two seconds (else QUIZ_WATCH, else yes).",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Do not start on the last good content where the files are broken.",
)
def command(
    content: Path, host: str, port: int, workers: int, *, watch: bool | None, strict: bool
) -> None:
    """Serve the quiz with the production server."""
    os.environ["QUIZ_CONTENT"] = str(content.absolute())
    if watch is not None:
        os.environ["QUIZ_WATCH"] = "yes" if watch else "no"
    settings = settings_or_exit()
    if settings.preview and host not in HERE:
        fail(
            tr(
                "QUIZ_PREVIEW is yes, which would show drafts to everybody who reaches %(host)s.",
                host=host,
            )
        )
    live = start_or_exit(
        content, drafts=settings.preview, last_good=None if strict else settings.last_good()
    )
    check_port(host, port)
    check_state(settings)
    check_database(settings)
    try:
        if settings.metrics:
            metrics.publish(settings.metrics, lambda: not live.last.problems)
    except OSError as error:
        fail(
            tr(
                "%(setting)s: cannot listen on %(address)s: %(reason)s.",
                setting="QUIZ_METRICS",
                address=settings.metrics,
                reason=error.strerror,
            )
        )
    if settings.watch:
        live.watch()
    catalogue = live.current.catalogue
    click.echo(
        ", ".join(
            (
                ntr("%(count)s party", "%(count)s parties", len(catalogue.parties)),
                ntr("%(count)s statement", "%(count)s statements", len(catalogue.statements)),
                ntr("%(count)s position", "%(count)s positions", catalogue.position_count),
                tr("content %(hash)s", hash=catalogue.content_hash[:16]),
            )
        )
    )
    if host not in HERE:
        click.echo(tr(TO_ALL))
    address = f"[{host}]" if ":" in host else host
    ready = tr(
        "Standpunt is at %(address)s  (stop with Ctrl-C)", address=f"http://{address}:{port}/"
    )
    run(host, port, workers, ready)


def run(host: str, port: int, workers: int, ready: str) -> None:
    """Serve the app that the environment describes until stopped; print ``ready`` once it
    accepts requests.
    """
    from quiz.web import server  # noqa: PLC0415  # a second of imports

    server.run(host, port, workers, lambda: click.echo(ready))


def settings_or_exit() -> Settings:
    """Read the settings, or say which of them cannot be used."""
    try:
        return Settings.from_environment()
    except SettingsError as error:
        fail(str(error))


def start_or_exit(
    content: Path, *, drafts: bool = False, last_good: LastGood | None = None
) -> Live:
    """Load the content; report every later change on the terminal, or why it was refused."""
    try:
        return Live(content, drafts=drafts, tell=tell, last_good=last_good)
    except ContentError as error:
        refuse(error.problems)


def tell(reload: Reload, catalogue: Catalogue) -> None:
    """Report on the terminal how a reload ended."""
    content_hash = catalogue.content_hash[:16]
    if reload.problems:
        show_errors(reload.problems)
        still = tr("Not taken over. Still serving content %(hash)s.", hash=content_hash)
        click.echo(still, err=True)
    else:
        click.echo(tr("Changed content: now serving %(hash)s.", hash=content_hash))


def check_state(settings: Settings) -> None:
    """Warn where the last good content cannot be kept: a broken file would then stop the next
    start.
    """
    assert settings.state  # noqa: S101  # of the environment, it always is
    try:
        settings.state.mkdir(parents=True, exist_ok=True)
        (settings.state / "writable").write_text("")
        (settings.state / "writable").unlink()
    except OSError as error:
        click.echo(
            tr(
                "QUIZ_STATE: %(folder)s cannot be written (%(reason)s), so the last good content is not "
                "kept for a start while the files are broken.",
                folder=settings.state,
                reason=error.strerror,
            ),
            err=True,
        )


def check_database(settings: Settings) -> None:
    """Warn of what is wrong with the classes' database; voters do not need it, so the server
    starts.
    """
    from quiz.classroom.database import Database, DatabaseDown  # noqa: PLC0415  # where it is used

    database = Database(settings.database_url, settings.secret_key)
    try:
        database.try_to_write()
    except DatabaseDown as error:
        fault = " ".join(str(error).split())  # PostgreSQL's takes two lines
        click.echo(
            tr("DATABASE_URL: %(fault)s Classes do not work until it does.", fault=fault), err=True
        )
    finally:
        database.engine.dispose()


def check_port(host: str, port: int) -> None:
    """Say why an address cannot be used, before the workers fail on it."""
    try:
        family, kind, number, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        fail(
            tr(
                "The address %(host)s is not known. Use --host 127.0.0.1 for this machine.",
                host=repr(host),
            )
        )
    with socket.socket(family, kind, number) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                fail(
                    tr(
                        "Port %(port)s is taken. Choose another: --port %(next)s.",
                        port=port,
                        next=port + 1,
                    )
                )
            fail(
                tr(
                    "Cannot listen on %(address)s: %(reason)s.",
                    address=f"{host}:{port}",
                    reason=error.strerror,
                )
            )
