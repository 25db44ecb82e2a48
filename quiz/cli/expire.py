"""``quiz expire``: delete expired classes; for cron, in addition to deleting them at each use."""

from __future__ import annotations

import click

from quiz.cli.options import fail
from quiz.translations.commands import ntr
from quiz.web.settings import Settings, SettingsError


@click.command("expire")
@click.option("--empty", is_flag=True, help="Delete open classes that nobody has joined, too.")
def command(*, empty: bool) -> None:
    """Delete classes that have expired, by the database's clock."""
    from quiz.classroom import store  # noqa: PLC0415  # the database is loaded only where it is used
    from quiz.classroom.database import Database, DatabaseDown  # noqa: PLC0415

    try:
        settings = Settings.from_environment()
        database = Database(settings.database_url, settings.secret_key)
        try:
            count = store.expire(database, empty=empty)
        finally:
            database.engine.dispose()
    except (SettingsError, DatabaseDown) as error:
        fail(str(error), 1)
    click.echo(ntr("Deleted %(count)s class.", "Deleted %(count)s classes.", count))
