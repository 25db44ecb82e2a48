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
    def read(cls, folder: Path = FOLDER) -> StaticFiles:
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


def serve_static_files(app: Flask) -> None:
    """Add the address and the template functions ``asset(name)`` and ``integrity(name)``."""
    static = StaticFiles.read()

    @app.get("/static/<version>/<name>", endpoint="static")
    def serve(version: str, name: str) -> Response:
        if version != static.version or name not in static.files:
            abort(404)
        return static.files[name].response(cache="public, max-age=31536000, immutable")

    @app.template_global()
    def asset(name: str) -> str:
        if name not in static.files:
            raise KeyError(name)
        return url_for("static", version=static.version, name=name)

    @app.template_global()
    def integrity(name: str) -> str:
        return static.files[name].integrity
