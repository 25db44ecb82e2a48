"""Content that follows its files: checked aside, swapped whole, never worse than it was.

Both files are looked at four times a second by device, inode, size and times, which sees atomic
renames, writes in place, swapped links and replaced folders alike. A change is read once it has
stood still for a moment. Content that does not pass the check stays out; what was served stays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from quiz.content import ANSWERS, STATEMENTS, Catalogue, ContentError, Problem, load
from quiz.web.published import Published

EVERY: Final = 0.25
SETTLE: Final = 0.1

Signature = tuple[tuple[int, int, int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Reload:
    """How the last look at changed files ended. ``problems`` is empty where it went well."""

    at: datetime
    problems: tuple[Problem, ...] = ()


class Live:
    """What is served now, and the thread that keeps it true to its files.

    ``tell`` is called after each reload with its outcome and what is now served.
    Raises ``ContentError`` where the content does not pass the check at the start.
    """

    def __init__(
        self,
        directory: Path,
        *,
        drafts: bool = False,
        tell: Callable[[Reload, Catalogue], None] | None = None,
    ) -> None:
        self.directory, self.drafts, self._tell = directory, drafts, tell
        self._seen = self._signature()
        self.current = Published(load(directory, drafts=drafts))
        self.last = Reload(datetime.now(UTC))
        self._stop = threading.Event()

    def watch(self) -> None:
        """Look at the files from now on, in a thread that ends with the process."""
        threading.Thread(target=self._watch, name="content", daemon=True).start()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()

    def look(self) -> bool:
        """Read the files if they changed and stand still; return whether they were read."""
        before = self._signature()
        if before == self._seen or self._stop.wait(SETTLE) or before != self._signature():
            return False
        try:
            catalogue = load(self.directory, drafts=self.drafts)
            problems: tuple[Problem, ...] = ()
        except ContentError as error:
            catalogue, problems = self.current.catalogue, error.problems
        if before != self._signature():  # changed while it was read: look again
            return False
        self._seen = before
        if not problems and catalogue.content_hash != self.current.catalogue.content_hash:
            self.current = Published(catalogue)
        self.last = Reload(datetime.now(UTC), problems)
        if self._tell:
            self._tell(self.last, self.current.catalogue)
        return True

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            self.look()

    def _signature(self) -> Signature:
        return tuple(_stat(self.directory / name) for name in (STATEMENTS, ANSWERS))


def _stat(path: Path) -> tuple[int, int, int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
