"""Style sheet and scripts, under one address that changes with their content.

The folder's hash is part of the address, so a browser may keep a file for ever, and modules find
each other by relative imports.
"""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flask import Flask, abort, url_for
from werkzeug.wrappers import Response

from quiz.web.compress import Page

FOLDER: Final = Path(__file__).parent / "static"
PLACE: Final = "QUIZ_STATIC_RELEASES"
"""Names to the workers, in the environment, the folder of ``Releases``."""

KEPT: Final = 4
VERSION: Final = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """All static files in memory, with the hash of the whole."""

    version: str
    files: dict[str, Page]

    @classmethod
    def read(cls, folder: Path) -> StaticFiles:
        """Read the folder once."""
        files, digest = {}, sha256()
        for path in sorted(folder.iterdir()):
            body = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + body + b"\0")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            if kind.startswith("text/") or kind == "image/svg+xml":
                kind += "; charset=utf-8"
            files[path.name] = Page(body, kind)
        return cls(digest.hexdigest()[:12], files)


class Releases:
    """The static files of this release and of those before it, in a folder of all workers.

    While workers are replaced one by one, a page of one release asks a worker of another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, Page]] = {}

    def keep(self, static: StaticFiles) -> None:
        """Put files there for all workers, beside those of the few releases before.

        Raises ``OSError`` where the disk is full or the folder is gone.
        """
        place, aside = self._folder / static.version, self._folder / "new"
        if place.exists():
            return
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        for name, page in static.files.items():
            (aside / name).write_bytes(page.body)
        aside.rename(place)
        by_age = sorted(self._folder.iterdir(), key=lambda release: release.stat().st_mtime_ns)
        for old in by_age[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def files(self, version: str) -> dict[str, Page]:
        """Return the files of a release, or none where it is not kept."""
        if version not in self._known:
            if not VERSION.fullmatch(version):
                return {}
            try:
                self._known[version] = StaticFiles.read(self._folder / version).files
            except OSError:  # not kept, or not any more
                return {}
        return self._known[version]


@contextmanager
def kept_releases() -> Iterator[Releases | None]:
    """Have a folder for the static files of several releases, named to the workers, while it serves."""
    try:
        folder = TemporaryDirectory(prefix="quiz-static-")
    except OSError:  # a full disk stops no voter: then each worker has its own files alone
        yield None
        return
    with folder:
        os.environ[PLACE] = folder.name
        yield Releases(Path(folder.name))


def serve_static_files(app: Flask, folder: Path = FOLDER) -> None:
    """Add the address and the template functions ``asset(name)`` and ``integrity(name)``."""
    static = StaticFiles.read(folder)
    releases = Releases(Path(os.environ[PLACE])) if PLACE in os.environ else None

    @app.get("/static/<version>/<name>", endpoint="static")
    def serve(version: str, name: str) -> Response:
        files = static.files
        if version != static.version:
            files = releases.files(version) if releases else {}
        if name not in files:
            abort(404)
        return files[name].response(cache="public, max-age=31536000, immutable")

    @app.template_global()
    def asset(name: str) -> str:
        if name not in static.files:
            raise KeyError(name)
        return url_for("static", version=static.version, name=name)

    @app.template_global()
    def integrity(name: str) -> str:
        return static.files[name].integrity
