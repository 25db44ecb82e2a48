"""Style sheet and scripts, at addresses that change with their content.

The folder's hash is part of the address, so a browser may keep a file for ever, and modules find
each other by relative imports. WhiteNoise serves a folder as it is at the start, with compressed
copies from a build step. Here there is no build step, tags carry each file's hash, and a worker
also serves the files of the releases before and after its own.
"""

from __future__ import annotations

import mimetypes
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from flask import Flask, abort, url_for
from werkzeug.wrappers import Response

from quiz.web.compress import Page

FOLDER: Final = Path(__file__).parent / "static"
KEPT: Final = 4
VERSION: Final = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """All static files in memory, with the hash of the whole."""

    version: str
    files: dict[str, Page]

    @classmethod
    def read(cls, folder: Path) -> StaticFiles:
        """Read a folder."""
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
    """The static files of this release and its neighbours, in a folder that all workers share.

    While workers are replaced one by one, a page of one release may ask a worker of another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, Page]] = {}

    def keep(self, static: StaticFiles) -> None:
        """Store files for all workers, beside those of a few earlier releases.

        Raises ``OSError`` where the disk is full or the folder is gone.
        """
        place = self._folder / static.version
        if place.exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix="new-", dir=self._folder))
        try:
            for name, page in static.files.items():
                (aside / name).write_bytes(page.body)
            with suppress(OSError):  # another worker was first
                aside.rename(place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        releases = [path for path in self._folder.iterdir() if VERSION.fullmatch(path.name)]
        for old in sorted(releases, key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def files(self, version: str) -> dict[str, Page]:
        """Return the files of a release, or an empty dict where it is not stored."""
        if version not in self._known:
            if not VERSION.fullmatch(version):
                return {}
            try:
                self._known[version] = StaticFiles.read(self._folder / version).files
            except OSError:  # not stored, or no longer
                return {}
        return self._known[version]


def init_app(app: Flask, state: Path | None = None, folder: Path = FOLDER) -> None:
    """Add the address and the template functions ``asset(name)`` and ``integrity(name)``.

    ``state`` is the folder that all workers share; without it a worker has only its own files.
    """
    static = StaticFiles.read(folder)
    releases = Releases(state / "static") if state else None
    if releases:
        with suppress(OSError):  # a full disk stops no voter
            releases.keep(static)

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
