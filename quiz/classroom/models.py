"""What class mode stores: no name, no address, no time and no serial number of an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Text,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# By default SQLite numbers rows as they are inserted: that would store the order in which
# pupils joined and answered.
NO_SERIAL_NUMBER: Final = {"sqlite_with_rowid": False}


FEWEST: Final = 5
"""A distribution of fewer answers is neither stored nor shown."""


class Base(DeclarativeBase):
    """The tables of class mode."""


class StoredCatalogue(Base):
    """The content that a class opened with, by its hash: a restart or another host serves the
    same.
    """

    __tablename__ = "catalogues"
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class Classroom(Base):
    """One class.

    ``phase``: lobby, open, shown or ended. ``position``: the statement that is on the board.
    ``round`` grows whenever the open statement is started again or replaced by another.
    ``recovery_until``: until when a used key may be used again. ``next_join``: when the next seat
    would be given out if seats were given out one by one (None before the first).
    """

    __tablename__ = "classes"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(7), unique=True)
    host_hash: Mapped[str] = mapped_column(String(64), unique=True)
    recovery_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    way: Mapped[str] = mapped_column(String(8))
    content_hash: Mapped[str] = mapped_column(ForeignKey("catalogues.content_hash"))
    statements: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(Integer, default=0)
    phase: Mapped[str] = mapped_column(String(8), default="open")
    locked: Mapped[bool] = mapped_column(Boolean, default=False)
    joined: Mapped[int] = mapped_column(Integer, default=0)
    round: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    recovery_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    next_join: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

    @property
    def together(self) -> bool:
        """Whether the whole class answers one statement at a time."""
        return self.way == "together"

    @property
    def current(self) -> str:
        """The statement on the board."""
        return self.statements[self.position]

    @property
    def version(self) -> str:
        """A word for what the board shows; it changes whenever that does."""
        return f"{self.position}-{self.phase}-{self.round}"


class Seat(Base):
    """A pupil's place: the hash of a random token, and whether this pupil is done at own pace."""

    __tablename__ = "seats"
    __table_args__ = NO_SERIAL_NUMBER
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    class_id: Mapped[str] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"), index=True)
    done: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Answer(Base):
    """An answer until it is counted: −1, 0 or 1. Deleted in the transaction that counts it."""

    __tablename__ = "answers"
    __table_args__ = NO_SERIAL_NUMBER
    token_hash: Mapped[str] = mapped_column(
        ForeignKey("seats.token_hash", ondelete="CASCADE"), primary_key=True
    )
    statement: Mapped[str] = mapped_column(String(80), primary_key=True)
    code: Mapped[int] = mapped_column(SmallInteger)


class Tally(Base):
    """How a class answered one statement, frozen when it was closed; nothing below five answers."""

    __tablename__ = "tallies"
    class_id: Mapped[str] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True
    )
    statement: Mapped[str] = mapped_column(String(80), primary_key=True)
    agree: Mapped[int | None] = mapped_column(Integer)
    neutral: Mapped[int | None] = mapped_column(Integer)
    disagree: Mapped[int | None] = mapped_column(Integer)


class UsedCode(Base):
    """A join code that is not given out again before this day."""

    __tablename__ = "used_codes"
    code: Mapped[str] = mapped_column(String(7), primary_key=True)
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
