"""Bringing the tables up to date: Alembic's migrations create and change them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

MIGRATIONS: Final = Path(__file__).resolve().parent / "migrations"
NEWEST: Final = "0003"
"""The newest migration."""
VERSION: Final = Table(
    "alembic_version", MetaData(), Column("version_num", String(32), primary_key=True)
)
"""The table in which Alembic records the newest migration that was run."""


def bring_up(connection: Connection) -> None:
    """Run the migrations that this database lacks.

    Alembic takes ten megabytes, so it is imported only when there is something to do.
    """
    known = inspect(connection).has_table(VERSION.name)
    if known and connection.scalar(select(VERSION.c.version_num)) == NEWEST:
        return
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST)
