"""The last content that passed the check, kept for a process that starts while the files are
broken, with the operator's languages, colours and pictures.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from quiz.content.canonical import canonical, digest, from_canonical
from quiz.web.published import Published
from quiz.web.site import Site


class LastGood:
    """A folder in the state folder, one per content folder, with one file named by its hash: the
    canonical form, and the operator's own files.
    """

    def __init__(self, state: Path, content: Path) -> None:
        place = sha256(str(content.absolute()).encode()).hexdigest()[:16]
        self.folder = state / "content" / place

    def keep(self, published: Published) -> None:
        """Replace what was kept by this content; it is on disk when this returns.

        Raises ``OSError`` where the folder cannot be written.
        """
        files = {name: b64encode(raw).decode() for name, raw in published.site.sources.items()}
        text = json.dumps({"content": canonical(published.catalogue), "files": files})
        kept = self.folder / f"{digest(text)}.json"
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, prefix="new-", delete=False) as file:
                file.write(text.encode())
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

    def read(self) -> Published | None:
        """Return the kept content, or None where there is none that this release can read."""
        for path in self.folder.glob("*.json"):
            try:
                text = path.read_text(encoding="utf-8")
                if digest(text) == path.stem:
                    return _published(json.loads(text))
            except (OSError, ValueError, KeyError):
                continue
        return None


def _published(kept: dict[str, Any]) -> Published:
    files = {name: b64decode(raw) for name, raw in kept["files"].items()}
    return Published(from_canonical(kept["content"]), Site.made(files))
