"""Style sheet and scripts, under one address that changes with their content.

The folder's hash is part of the address, so a browser may keep a file for ever, and modules find
each other by relative imports.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Flask, abort, url_for
from werkzeug.wrappers import Response

from quiz.compress import Page

FOLDER: Final = Path(__file__).parent / "static"


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


class OnDisk:
    """The static files as they stand in the folder now, read again when one of them has changed.

    While workers are replaced one by one, a page of the next release asks a worker of this one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[list[tuple[str, int, int]], StaticFiles | None] = ([], None)

    def files(self, version: str) -> dict[str, Page]:
        """Return the files of this version, or none where the folder holds another."""
        try:
            stats = [(path.name, path.stat()) for path in sorted(self._folder.iterdir())]
            seen = [(name, stat.st_mtime_ns, stat.st_size) for name, stat in stats]
            if seen != self._known[0]:
                self._known = seen, StaticFiles.read(self._folder)
        except OSError:  # they are just being replaced
            return {}
        static = self._known[1]
        return static.files if static and static.version == version else {}


def serve_static_files(app: Flask, folder: Path = FOLDER) -> None:
    """Add the address and the template functions ``asset(name)`` and ``integrity(name)``."""
    static, on_disk = StaticFiles.read(folder), OnDisk(folder)

    @app.get("/static/<version>/<name>", endpoint="static")
    def serve(version: str, name: str) -> Response:
        files = static.files if version == static.version else on_disk.files(version)
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
