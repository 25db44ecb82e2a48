"""The last content that passed the check, kept for a process that starts while the files are
broken.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from quiz.content.canonical import canonical, digest, from_canonical
from quiz.content.catalogue import Catalogue


class LastGood:
    """A folder in the state folder, one per content folder, with the canonical form named by its
    hash.
    """

    def __init__(self, state: Path, content: Path) -> None:
        place = sha256(str(content.absolute()).encode()).hexdigest()[:16]
        self.folder = state / "content" / place

    def keep(self, catalogue: Catalogue) -> None:
        """Replace what was kept by this content; it is on disk when this returns.

        Raises ``OSError`` where the folder cannot be written.
        """
        kept = self.folder / f"{catalogue.content_hash}.json"
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, prefix="new-", delete=False) as file:
                file.write(canonical(catalogue).encode())
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(kept)
            self._write_names()
        for older in self.folder.glob("*.json"):
            if older != kept:
                with suppress(FileNotFoundError):  # another worker was first
                    older.unlink()

    def _write_names(self) -> None:
        """Write the names of the files to disk, too."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self) -> Catalogue | None:
        """Return the kept content, or None where there is none that this release can read."""
        for path in self.folder.glob("*.json"):
            try:
                text = path.read_text(encoding="utf-8")
                if digest(text) == path.stem:
                    return from_canonical(text)
            except (OSError, ValueError):
                continue
        return None
