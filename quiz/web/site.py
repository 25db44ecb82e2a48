"""The operator's files beside the content: further languages, colours, mark, pictures."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from babel.support import Translations

from quiz import translations as tongues
from quiz.content.catalogue import Catalogue
from quiz.content.checks.brand import BRAND, COLORS, PICTURES
from quiz.web.compress import Page
from quiz.web.interface import compiled, shipped


@dataclass(frozen=True, slots=True)
class Site:
    """The operator's translations by tag, each with the package's as a fallback, and brand
    files.
    """

    version: str = ""
    translations: Mapping[str, Translations] = field(default_factory=dict)
    files: Mapping[str, Page] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, catalogue: Catalogue) -> Site:
        """Read the files beside the content in this folder. They were checked with the content."""
        digest = sha256()
        logos = {party.logo for party in catalogue.parties if party.logo}
        brand = {f"{BRAND}/{name}" for name in (COLORS, *PICTURES)}
        files = {
            name: _page(folder / name)
            for name in sorted(logos | brand)
            if (folder / name).is_file()
        }
        translations = {}
        for tag, path in tongues.beside(folder).items():
            translations[tag] = _layered(path, tag)
            digest.update(tag.encode() + b"\0" + path.read_bytes() + b"\0")
        for name, page in files.items():
            digest.update(name.encode() + b"\0" + page.body + b"\0")
        return cls(digest.hexdigest()[:12], translations, files)

    def brand(self, *names: str) -> str | None:
        """Return the first of these brand files that exists."""
        return next((f"{BRAND}/{name}" for name in names if f"{BRAND}/{name}" in self.files), None)


def own_files(folder: Path) -> Iterable[Path]:
    """Return the files beside the content whose changes are followed."""
    for part in (tongues.BESIDE, BRAND, "logos"):
        yield from sorted((folder / part).glob("[!.]*"))


def _page(path: Path) -> Page:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind == "image/svg+xml"
    return Page(path.read_bytes(), f"{kind}; charset=utf-8" if text else kind)


def _layered(path: Path, tag: str) -> Translations:
    own = compiled(path, tag)
    if base := tongues.spoken(tag):
        own.add_fallback(shipped(base))
    return own
