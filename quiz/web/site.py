"""The operator's files beside the content: further languages, colours, mark, pictures."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from babel.support import Translations

from quiz import translations as tongues
from quiz.content.catalogue import Catalogue
from quiz.content.checks.brand import BRAND, COLORS, PICTURES
from quiz.web.compress import Page
from quiz.web.interface import compiled, shipped


@dataclass(frozen=True, slots=True)
class Site:
    """The operator's translations by tag, each with the package's as a fallback, and brand
    files. ``sources`` holds all of them as they were read, by their path below the content.
    """

    version: str = ""
    translations: Mapping[str, Translations] = field(default_factory=dict)
    files: Mapping[str, Page] = field(default_factory=dict)
    sources: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, catalogue: Catalogue) -> Site:
        """Read the files beside the content in this folder. They were checked with the content."""
        logos = {party.logo for party in catalogue.parties if party.logo}
        brand = {f"{BRAND}/{name}" for name in (COLORS, *PICTURES)}
        languages = {f"{tongues.BESIDE}/{path.name}" for path in tongues.beside(folder).values()}
        return cls.made(
            {
                name: (folder / name).read_bytes()
                for name in sorted(logos | brand | languages)
                if (folder / name).is_file()
            }
        )

    @classmethod
    def made(cls, sources: Mapping[str, bytes]) -> Site:
        """Make the site of its files' bytes, by their path below the content."""
        digest, translations, files = sha256(), {}, {}
        for name, raw in sources.items():
            digest.update(name.encode() + b"\0" + raw + b"\0")
            path = PurePosixPath(name)
            if path.parent.name == tongues.BESIDE:
                translations[path.stem] = _layered(raw, path.stem)
            else:
                files[name] = _page(name, raw)
        return cls(digest.hexdigest()[:12], translations, files, sources)

    def brand(self, *names: str) -> str | None:
        """Return the first of these brand files that exists."""
        return next((f"{BRAND}/{name}" for name in names if f"{BRAND}/{name}" in self.files), None)


def own_files(folder: Path) -> Iterable[Path]:
    """Return the files beside the content whose changes are followed."""
    for part in (tongues.BESIDE, BRAND, "logos"):
        yield from sorted((folder / part).glob("[!.]*"))


def _page(name: str, raw: bytes) -> Page:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind == "image/svg+xml"
    return Page(raw, f"{kind}; charset=utf-8" if text else kind)


def _layered(po: bytes, tag: str) -> Translations:
    own = compiled(po, tag)
    if base := tongues.spoken(tag):
        own.add_fallback(shipped(base))
    return own
