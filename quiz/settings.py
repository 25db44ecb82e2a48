"""Typed settings from the environment. docs/operators.md describes each one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quiz.content.place import content_directory


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message says which and what would do."""


@dataclass(frozen=True)
class Settings:
    """What an operator sets; the defaults suit one machine."""

    content: Path
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    watch: bool = False
    preview: bool = False
    database_url: str = "sqlite:///instance/classes.sqlite"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read ``QUIZ_CONTENT``, ``QUIZ_TRUSTED_HOSTS``, ``QUIZ_PROXIES``, ``QUIZ_WATCH``, ``QUIZ_PREVIEW`` and
        ``DATABASE_URL``."""
        hosts = environ.get("QUIZ_TRUSTED_HOSTS", "")
        return cls(
            content=content_directory(environ.get("QUIZ_CONTENT")),
            trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            proxies=_count("QUIZ_PROXIES", environ.get("QUIZ_PROXIES", "0")),
            watch=_switch("QUIZ_WATCH", environ.get("QUIZ_WATCH", "yes")),
            database_url=environ.get("DATABASE_URL", cls.database_url),
            preview=_switch("QUIZ_PREVIEW", environ.get("QUIZ_PREVIEW", "no")),
        )


def _count(name: str, value: str) -> int:
    if value not in {str(number) for number in range(10)}:
        msg = f"{name} is {value!r}; it must be a whole number from 0 to 9."
        raise SettingsError(msg)
    return int(value)


def _switch(name: str, value: str) -> bool:
    if value not in {"yes", "no"}:
        msg = f"{name} is {value!r}; it must be yes or no."
        raise SettingsError(msg)
    return value == "yes"
