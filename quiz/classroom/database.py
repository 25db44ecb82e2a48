"""The connection: SQLite on one machine, PostgreSQL for several hosts, the same code for both."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session

from quiz.classroom import codes, migrating
from quiz.classroom.models import Classroom
from quiz.classroom.overwriting import KEPT_KILOBYTES, overwrite_deleted
from quiz.translations.commands import tr

BUSY_SECONDS: Final = 2.5
PAUSE: Final = 0.001
OPENING_BYTES: Final = 1 << 18
"""At least as much as SQLite writes to open a class."""
MIGRATING, OPENING = 7391, 7392
CLOCK: Final = func.current_timestamp()


class DatabaseDown(Exception):  # noqa: N818  # a state, as pages say it
    """The database cannot be reached or does not answer in time; sending again later is safe."""


class DatabaseNewer(DatabaseDown):
    """A newer release has changed the tables; this one knows them no longer."""


class Database:
    """One engine, and transactions on it."""

    def __init__(self, url: str, key: str = "") -> None:
        self.url = url
        self._key = key.encode()
        self.sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}} if self.sqlite else {
            "pool_pre_ping": True, "pool_timeout": BUSY_SECONDS,
            "connect_args": {"connect_timeout": 2, "options": "-c statement_timeout=2500"},
        }  # fmt: skip
        if self.sqlite:
            with suppress(OSError):  # then connecting fails, in words
                place = Path(make_url(url).database or ".").absolute().parent
                place.mkdir(parents=True, exist_ok=True)
        else:
            _, _, rest = url.partition("://")
            url = f"postgresql+psycopg://{rest}"
        self.engine: Engine = create_engine(url, hide_parameters=True, **options)
        if self.sqlite:
            _prepare_sqlite(self.engine)
        self._ready = False
        self._lock = threading.Lock()

    def digest(self, token: str) -> str:
        """Return the hash under which a token is stored."""
        return codes.digest(token, self._key)

    def derived(self, value: str, purpose: str) -> str:
        """Derive a token from another for a purpose: the same one each time."""
        return codes.derived(value, purpose, self._key)

    def migrate(self) -> None:
        """Bring the tables up to date; many processes may call it at once."""
        with self._lock:
            if self._ready:
                return
            try:
                with self.engine.begin() as connection:
                    if not self.sqlite:
                        connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
                    _refuse_newer(connection)
                    migrating.bring_up(connection)
            except DBAPIError as error:
                raise DatabaseDown(str(error.orig)) from error
            self._ready = True
        # A process may have been killed between counting and overwriting.
        with suppress(DatabaseDown):
            self.forget()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Run one short transaction; a database error becomes ``DatabaseDown``."""
        if not self._ready:
            self.migrate()
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (OperationalError, PoolTimeout) as error:
            raise DatabaseDown(str(error)) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read in one transaction that waits for no writer."""
        if not self._ready:
            self.migrate()
        engine = self.engine.execution_options(reading=True)
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (OperationalError, PoolTimeout) as error:
            raise DatabaseDown(str(error)) from error

    def try_to_write(self) -> None:
        """Write what is there already, and in SQLite as much as opening a class does, to see
        whether writing works: on a full disk a few bytes may still fit.

        Raises ``DatabaseDown`` where it does not, ``DatabaseNewer`` after a newer release.
        """
        try:
            with self.transaction() as session:
                session.execute(text("UPDATE alembic_version SET version_num = version_num"))
                if self.sqlite:
                    filler = text("CREATE TABLE filler AS SELECT zeroblob(:bytes)")
                    session.execute(filler, {"bytes": OPENING_BYTES})
                    session.execute(text("DROP TABLE filler"))
        except DBAPIError as error:
            raise DatabaseDown(str(error.orig)) from error

    def forget(self) -> None:
        """Leave no trace of deleted rows in SQLite's files."""
        if self.sqlite:
            connection = self.engine.raw_connection()  # outside a transaction, as it must be
            try:
                overwrite_deleted(connection.driver_connection, _asking)  # type: ignore[arg-type]
            finally:
                connection.close()

    def leave(self) -> None:
        """Overwrite the log before the process ends: SQLite deletes it with the last connection."""
        if self.sqlite and self.engine.pool.checkedin():  # type: ignore[attr-defined]  # a QueuePool
            with suppress(DatabaseDown, DBAPIError, sqlite3.Error):
                self.forget()


def _refuse_newer(connection: Connection) -> None:
    if inspect(connection).has_table("alembic_version"):
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
        versions = Path(__file__).resolve().parent / "migrations/versions"
        if not any(versions.glob(f"{version}_*.py")):
            raise DatabaseNewer(
                tr(
                    "The database has the form %(version)s, of a newer release than this one. "
                    "Install that release again, or name a fresh database.",
                    version=version,
                )
            )


def lock_openings(session: Session) -> None:
    """Let one transaction at a time open or delete classes, so that caps are exact and content in
    use is not deleted.

    SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(OPENING)))


def has_come(session: Session, moment: datetime) -> bool:
    """Whether a time has come, by the database's clock."""
    return aware(moment) <= now(session)


def unexpired(row: Row[Classroom, datetime] | None) -> Classroom | None:
    """Return a class selected together with ``CLOCK``, or None once it has expired."""
    return None if row is None or aware(row[0].expires) <= _time(row[1]) else row[0]


def now(session: Session) -> datetime:
    """Return the database's time, so that the hosts' clocks need not agree."""
    return _time(session.scalar(select(CLOCK)))


def _time(clock: Any) -> datetime:
    """Parse the database's time: SQLite returns it as text."""
    return aware(datetime.fromisoformat(clock) if isinstance(clock, str) else clock)


def replace(session: Session, table: type[DeclarativeBase], **values: object) -> None:
    """Insert a row, or update the one with its key, in one atomic statement."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    keys = [column.name for column in table.__table__.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    session.execute(
        insert(table).values(**values).on_conflict_do_update(index_elements=keys, set_=rest)
    )


def aware(moment: datetime) -> datetime:
    """Return a time with its zone; SQLite gives times back without one, all of them UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _prepare_sqlite(engine: Engine) -> None:
    """Set up every connection: durable log, deleted bytes overwritten, writers wait for each
    other.
    """

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            f"cache_size=-{KEPT_KILOBYTES}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        ours = connection.connection.driver_connection
        if connection.get_execution_options().get("reading", False):
            ours.execute("BEGIN")
        else:
            _begin_writing(ours)


def _begin_writing(connection: sqlite3.Connection) -> None:
    """Wait for the write lock by trying every millisecond.

    SQLite's own busy handler sleeps longer with each try, up to a tenth of a second, so newcomers
    overtake whoever has waited longest.
    """
    _asking(connection, lambda: connection.execute("BEGIN IMMEDIATE"))


def _asking(connection: sqlite3.Connection, what: Callable[[], object]) -> None:
    deadline = monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                what()
                return
            except sqlite3.OperationalError as error:
                if monotonic() > deadline:
                    raise DatabaseDown(str(error)) from error
                sleep(PAUSE)
    finally:
        connection.execute(f"PRAGMA busy_timeout={round(1000 * BUSY_SECONDS)}")
