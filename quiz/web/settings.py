"""Typed settings from the environment. docs/operators.md describes each one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quiz.content.paths import content_directory
from quiz.translations.commands import later, tr
from quiz.web.last_good import LastGood
from quiz.web.prefix import is_prefix

ENVIRONMENTS: Final = ("development", "production")
LOGS: Final = ("text", "json")
HSTS: Final = {
    "host": "max-age=63072000",
    "subdomains": "max-age=63072000; includeSubDomains",
    "preload": "max-age=63072000; includeSubDomains; preload",
}
DATABASES: Final = ("sqlite:///", "postgresql://", "postgres://")
SHORTEST_KEY: Final = 32
NO_KEY: Final = later(
    "QUIZ_ENV is production, so QUIZ_SECRET_KEY must hold at least 32 characters, the same on every "
    "host. Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
)


class SettingsError(Exception):
    """A setting has an invalid value; the message says which, and what would be valid."""


@dataclass(frozen=True)
class Settings:
    """What an operator sets; the defaults suit one machine."""

    content: Path
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    prefix: str = ""
    watch: bool = False
    preview: bool = False
    database_url: str = "sqlite:///instance/classes.sqlite"
    secret_key: str = ""
    metrics: str = ""
    json_log: bool = False
    state: Path | None = None
    hsts: str = HSTS["host"]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment; docs/operators.md describes each variable.

        Raises ``SettingsError`` for an invalid value, and in production without a key.
        """
        production = _word("QUIZ_ENV", environ.get("QUIZ_ENV", "development"), ENVIRONMENTS)
        key = environ.get("QUIZ_SECRET_KEY", "")
        if production == "production" and len(key) < SHORTEST_KEY:
            raise SettingsError(tr(NO_KEY))
        return cls(
            content=content_directory(environ.get("QUIZ_CONTENT")),
            trusted_hosts=_hosts("QUIZ_TRUSTED_HOSTS", environ.get("QUIZ_TRUSTED_HOSTS", "")),
            proxies=_count("QUIZ_PROXIES", environ.get("QUIZ_PROXIES", "0")),
            prefix=_path("QUIZ_PREFIX", environ.get("QUIZ_PREFIX", "")),
            watch=_switch("QUIZ_WATCH", environ.get("QUIZ_WATCH", "yes")),
            database_url=_database(environ.get("DATABASE_URL") or cls.database_url),
            preview=_switch("QUIZ_PREVIEW", environ.get("QUIZ_PREVIEW", "no")),
            secret_key=key,
            metrics=_address("QUIZ_METRICS", environ.get("QUIZ_METRICS", "")),
            json_log=_word("QUIZ_LOG", environ.get("QUIZ_LOG", "text"), LOGS) == "json",
            state=Path(environ.get("QUIZ_STATE") or "instance"),
            hsts=HSTS[_word("QUIZ_HSTS", environ.get("QUIZ_HSTS", "host"), tuple(HSTS))],
        )

    def last_good(self) -> LastGood | None:
        """Return where the last good content is kept; None for a preview, since drafts never
        are.
        """
        return LastGood(self.state, self.content) if self.state and not self.preview else None


def _wrong(name: str, value: str, right: str) -> SettingsError:
    return SettingsError(
        tr(
            "%(setting)s is %(value)s; it must be %(right)s.",
            setting=name,
            value=repr(value),
            right=right,
        )
    )


def _count(name: str, value: str) -> int:
    if value not in {str(number) for number in range(10)}:
        raise _wrong(name, value, tr("a whole number from 0 to 9"))
    return int(value)


def _database(url: str) -> str:
    if not url.startswith(DATABASES):
        kind = url.partition(":")[0]  # the rest may hold a password
        raise SettingsError(
            tr(
                "DATABASE_URL begins with %(kind)s; it must be sqlite:////var/lib/classes.sqlite or "
                "postgresql://user:password@host/name, for instance.",
                kind=repr(kind),
            )
        )
    return url


def _word(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise _wrong(name, value, tr(" or ").join(known))
    return value


def _address(name: str, value: str) -> str:
    host, _, port = value.rpartition(":")
    if value and not (host and port.isascii() and port.isdigit() and int(port) < 65536):
        raise _wrong(name, value, tr("an address and a port, such as 127.0.0.1:9100"))
    return value


def _hosts(name: str, value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    for host in hosts:
        if not re.fullmatch(r"\.?[\w.-]+(:\d+)?|\[[\da-fA-F:.]+\](:\d+)?", host):
            raise _wrong(name, host, tr("host names parted by commas, such as quiz.example.org"))
    return hosts


def _path(name: str, value: str) -> str:
    value = value.rstrip("/")
    if not is_prefix(value):
        raise _wrong(name, value, tr("a path of letters, digits and -, such as /stemhulp"))
    return value


def _switch(name: str, value: str) -> bool:
    return _word(name, value, ("yes", "no")) == "yes"
