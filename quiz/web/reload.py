"""Reloading changed content: it is checked apart, and replaces the old only if it is valid.

Four times a second the files and what lies beside them are compared by device, inode, size and
times, which detects atomic renames, writes in place, swapped links and replaced folders. A change
is read once the files have been unchanged for a moment. Invalid content is refused and the old
stays; a process that starts meanwhile serves the last good content.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from quiz.content import ANSWERS, STATEMENTS, Catalogue, ContentError, Problem, load
from quiz.web.last_good import LastGood
from quiz.web.published import Published
from quiz.web.site import Site, own_files

EVERY: Final = 0.25
SETTLE: Final = 0.1

Signature = tuple[tuple[int, int, int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Reload:
    """The outcome of the last reload. ``problems`` is empty where it succeeded."""

    at: datetime
    problems: tuple[Problem, ...] = ()


class Live:
    """The published content, and the thread that follows its files.

    ``tell`` is called after each reload with its outcome and what is then published. Raises
    ``ContentError`` where the content does not pass the check at the start and no ``last_good`` is
    kept.
    """

    def __init__(
        self,
        directory: Path,
        *,
        drafts: bool = False,
        tell: Callable[[Reload, Catalogue], None] | None = None,
        last_good: LastGood | None = None,
    ) -> None:
        self.directory, self.drafts, self._tell = directory, drafts, tell
        self._last_good = last_good
        self._seen = self._signature()
        self.current, problems = self._start()
        self.last = Reload(datetime.now(UTC), problems)
        if problems and tell:
            tell(self.last, self.current.catalogue)
        self._stop = threading.Event()

    def watch(self) -> None:
        """Watch the files from now on, in a thread that ends with the process."""
        context = copy_context()  # so that the thread speaks the language of who started it
        threading.Thread(
            target=context.run, args=(self._watch,), name="content", daemon=True
        ).start()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()

    def look(self) -> bool:
        """Read the files if they changed and have settled; return whether they were read."""
        before = self._signature()
        if before == self._seen or self._stop.wait(SETTLE) or before != self._signature():
            return False
        try:
            loaded = self._read()
            problems: tuple[Problem, ...] = ()
        except ContentError as error:
            loaded, problems = self.current, error.problems
        if before != self._signature():  # changed while it was read: look again
            return False
        self._seen = before
        if not loaded.same_as(self.current):
            self.current = loaded
            self._keep()
        self.last = Reload(datetime.now(UTC), problems)
        if self._tell:
            self._tell(self.last, self.current.catalogue)
        return True

    def _read(self) -> Published:
        catalogue = load(self.directory, drafts=self.drafts)
        return Published(catalogue, Site.read(self.directory, catalogue))

    def _start(self) -> tuple[Published, tuple[Problem, ...]]:
        try:
            self.current = self._read()
        except ContentError as error:
            kept = self._last_good.read() if self._last_good else None
            if kept is None:
                raise
            return kept, error.problems
        self._keep()
        return self.current, ()

    def _keep(self) -> None:
        if self._last_good:
            with suppress(OSError):  # ‘quiz serve’ warned at its start
                self._last_good.keep(self.current)

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            self.look()

    def _signature(self) -> Signature:
        files = (self.directory / STATEMENTS, self.directory / ANSWERS)
        return tuple(_stat(path) for path in (*files, *own_files(self.directory)))


def _stat(path: Path) -> tuple[int, int, int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
